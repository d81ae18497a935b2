// Tells of a mistyped code before it is sent: ten digits, the last one Damm's check digit. The box checks again; without
// this script everything works the same, one page later.
(function () {
  'use strict';
  var table = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
    '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
  var input = document.getElementById('code');
  // The box's own words (`RedeemRefusal`).
  var words = 'Esos números no forman una ficha. Revisa uno por uno: deben ser 10.';

  function isCode(text) {
    var digits = text.replace(/[\s.\-]/g, '').replace(/o/gi, '0').replace(/[il]/gi, '1');
    if (!/^[0-9]{10}$/.test(digits)) return false;
    var interim = 0;
    for (var i = 0; i < 10; i++) interim = +table[interim].charAt(+digits.charAt(i));
    return interim === 0;
  }

  function tell() {
    var problem = document.getElementById('problem');
    if (!problem) {
      problem = document.createElement('p');
      problem.id = 'problem';
      problem.className = 'notice bad';
      problem.setAttribute('role', 'alert');
      input.form.parentNode.insertBefore(problem, input.form);
    }
    problem.textContent = words;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', 'problem');
    input.focus();
  }

  input.form.addEventListener('submit', function (event) {
    if (isCode(input.value)) return;
    event.preventDefault();
    tell();
  });
})();
