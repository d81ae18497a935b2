// The only script of the portal: mounts Conekta's card form and hands its token to the form of the page.
// The card itself stays in Conekta's frame; neither this page nor the box ever sees it.
(function () {
  'use strict';
  var form = document.getElementById('pay');
  var button = document.getElementById('pay-button');
  var status = document.getElementById('status');
  var trouble = document.getElementById('trouble');
  var label = button.textContent;
  var trigger = null;
  var sent = false;
  var release = 0;

  function say(text) { status.textContent = text; }

  function ready() {
    clearTimeout(deadline);
    clearTimeout(release);
    trouble.hidden = true;
    button.disabled = false;
    button.textContent = label;
  }

  function fail() {
    if (trigger) return;
    say('');
    trouble.hidden = false;
  }

  // Back in a page the browser kept: its attempt may be used up, a fresh page has a fresh one.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) location.reload();
  });

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (sent || !trigger || button.disabled) return;
    button.disabled = true;
    button.textContent = 'Pagando…';
    say('Estamos enviando tu pago. No cierres esta página.');
    // Nothing was sent to the box yet, so trying again can charge nothing twice.
    release = setTimeout(function () {
      say('El formulario de la tarjeta no respondió. No se te ha cobrado nada. Intenta de nuevo.');
      ready();
    }, 45000);
    trigger();
  });

  function mount() {
    window.ConektaCheckoutComponents.Card({
      config: { targetIFrame: '#card', publicKey: form.dataset.key, locale: 'es', useExternalSubmit: true },
      options: { autoResize: true, backgroundMode: 'lightMode', colorPrimary: '#0b5345' },
      callbacks: {
        onUpdateSubmitTrigger: function (submit) {
          var isFirst = !trigger;
          trigger = submit;
          if (isFirst) { say(''); ready(); }
        },
        onCreateTokenSucceeded: function (token) {
          if (sent) return;
          sent = true;
          clearTimeout(release);
          form.elements.card_token.value = token.id;
          form.submit();
        },
        onCreateTokenError: function (error) {
          if (sent) return;
          var detail = (error && error.details && error.details[0]) || {};
          say((detail.message || 'Conekta no aceptó los datos de la tarjeta.') + ' No se te ha cobrado nada.');
          ready();
        },
        onFormError: function () {
          if (sent) return;
          say('Revisa los datos de tu tarjeta.');
          ready();
        }
      },
      allowTokenization: true
    });
  }

  say('Abriendo el formulario de la tarjeta…');
  var deadline = setTimeout(fail, 10000);
  var script = document.createElement('script');
  script.crossOrigin = 'anonymous';
  script.src = form.dataset.tokenizer;
  script.onload = function () {
    try { mount(); } catch (error) { fail(); }
  };
  script.onerror = fail;
  document.head.appendChild(script);
})();
