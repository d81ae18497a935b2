/// The card form inside the iframe: takes the card, makes the token at `POST /tokens`, hands it to the host page.
enum CardPage {
    static let path = "/v1.0/card"

    static let html = """
        <!doctype html>
        <html lang="es">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Datos de la tarjeta</title>
        <style>\(style)</style>
        </head>
        <body>
        <form id="card" novalidate>
          <label for="number">Número de tarjeta</label>
          <input id="number" inputmode="numeric" autocomplete="cc-number" maxlength="23"
            placeholder="1234 5678 9012 3456" aria-describedby="number-error">
          <p class="error" id="number-error" role="alert"></p>
          <label for="name">Nombre como aparece en la tarjeta</label>
          <input id="name" autocomplete="cc-name" autocapitalize="words" maxlength="100" aria-describedby="name-error">
          <p class="error" id="name-error" role="alert"></p>
          <div class="pair">
            <div>
              <label for="expiry">Vence</label>
              <input id="expiry" inputmode="numeric" autocomplete="cc-exp" maxlength="5" placeholder="MM/AA"
                aria-describedby="expiry-error">
              <p class="error" id="expiry-error" role="alert"></p>
            </div>
            <div>
              <label for="cvc">CVC</label>
              <input id="cvc" inputmode="numeric" autocomplete="cc-csc" maxlength="4" placeholder="123"
                aria-describedby="cvc-error">
              <p class="error" id="cvc-error" role="alert"></p>
            </div>
          </div>
          <p class="error" id="form-error" role="alert"></p>
          <button id="submit">Continuar</button>
          <p class="note">Simulador de pagos: usa solo tarjetas de prueba.</p>
        </form>
        <script>\(script)</script>
        </body>
        </html>

        """

    private static let style = """
        :root { --accent: #0b57d0; --line: #8a94a6; --error: #b3261e }
        * { box-sizing: border-box }
        html, body { margin: 0; background: transparent }
        body { font: 16px/1.4 system-ui, -apple-system, Roboto, "Segoe UI", sans-serif; color: #1b1f27 }
        form { padding: 4px 4px 8px }
        label { display: block; margin: 10px 0 4px; font-size: 14px; font-weight: 600 }
        input { width: 100%; height: 48px; padding: 0 12px; font: inherit; color: inherit; background: #fff;
          border: 1px solid var(--line); border-radius: 8px }
        input::placeholder { color: #667085 }
        input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-color: var(--accent) }
        input[aria-invalid=true] { border-color: var(--error) }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px }
        .error { margin: 4px 0 0; font-size: 14px; color: var(--error) }
        .error:empty { display: none }
        button { width: 100%; height: 48px; margin-top: 16px; font: inherit; font-weight: 600; color: #fff;
          background: var(--accent); border: 0; border-radius: 8px }
        button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
        button[disabled] { opacity: .6 }
        .note { margin: 12px 0 0; font-size: 13px; color: #59606d }
        [hidden] { display: none }
        """

    private static let script = #"""
        (function () {
          'use strict';
          var query = new URLSearchParams(location.search);
          var host = query.get('parent') || '';
          var external = query.get('external') === '1';
          var fields = ['number', 'name', 'expiry', 'cvc'];
          var busy = false;

          function field(id) { return document.getElementById(id); }
          function tell(name, value) {
            if (host && parent !== window) parent.postMessage({ name: name, value: value }, host);
          }
          function digits(id) { return field(id).value.replace(/\D/g, ''); }
          function isAmex() { return /^3[47]/.test(digits('number')); }
          function resize() { tell('height', document.documentElement.getBoundingClientRect().height); }

          function passesLuhn(number) {
            var sum = 0;
            for (var i = 0; i < number.length; i++) {
              var digit = Number(number[number.length - 1 - i]);
              if (i % 2) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
              sum += digit;
            }
            return sum % 10 === 0;
          }

          function problem(id) {
            if (id === 'number') {
              var number = digits('number');
              return number.length >= 13 && passesLuhn(number) ? '' : 'Revisa el número de la tarjeta.';
            }
            if (id === 'name') return field('name').value.trim() ? '' : 'Escribe el nombre de la tarjeta.';
            if (id === 'expiry') {
              var expiry = digits('expiry');
              var month = Number(expiry.slice(0, 2));
              if (expiry.length !== 4 || month < 1 || month > 12) return 'Escribe mes y año: MM/AA.';
              var now = new Date(Date.now());
              var months = (2000 + Number(expiry.slice(2))) * 12 + month;
              return months >= now.getFullYear() * 12 + now.getMonth() + 1 ? '' : 'La tarjeta ya venció.';
            }
            var length = isAmex() ? 4 : 3;
            return digits('cvc').length === length ? '' : 'Son ' + length + ' números.';
          }

          function show(id, text) {
            field(id + '-error').textContent = text;
            if (field(id)) field(id).setAttribute('aria-invalid', text ? 'true' : 'false');
          }

          function setBusy(on) {
            busy = on;
            field('submit').disabled = on;
            field('submit').textContent = on ? 'Un momento…' : 'Continuar';
          }

          function failed(error) {
            var detail = (error.details || [])[0] || {};
            show('form', detail.message || 'No se pudo leer la tarjeta. Intenta de nuevo.');
            tell('token-error', error);
          }

          function submit() {
            if (busy) return;
            var wrong = fields.filter(function (id) {
              var text = problem(id);
              show(id, text);
              return text;
            });
            show('form', '');
            resize();
            if (wrong.length) {
              field(wrong[0]).focus();
              tell('form-error', { fields: wrong });
              return;
            }
            setBusy(true);
            var expiry = digits('expiry');
            fetch('/tokens', {
              method: 'POST',
              headers: {
                'Accept': 'application/vnd.conekta-v2.3.0+json',
                'Accept-Language': query.get('locale') || 'es',
                'Authorization': 'Bearer ' + query.get('key'),
                'Content-Type': 'application/json'
              },
              body: JSON.stringify({ card: {
                number: digits('number'), name: field('name').value.trim(), cvc: digits('cvc'),
                exp_month: expiry.slice(0, 2), exp_year: expiry.slice(2)
              } })
            }).then(function (response) {
              return response.json().then(function (body) {
                if (response.ok) { tell('token', body); } else { failed(body); }
              });
            }).catch(function () {
              failed({ object: 'error', type: 'api_error', log_id: null, details: [{
                code: 'conekta.errors.api.system.general_failure',
                message: 'No hay conexión con el servicio de pagos.',
                debug_message: 'The request did not get through.'
              }] });
            }).then(function () { setBusy(false); resize(); });
          }

          field('number').addEventListener('input', function () {
            var groups = isAmex() ? [4, 6, 5] : [4, 4, 4, 4, 3];
            var rest = digits('number');
            field('number').value = groups.map(function (size) {
              var group = rest.slice(0, size);
              rest = rest.slice(size);
              return group;
            }).filter(Boolean).join(' ');
          });
          field('expiry').addEventListener('input', function (event) {
            var expiry = digits('expiry').slice(0, 4);
            if (/^[2-9]$/.test(expiry)) expiry = '0' + expiry;
            var erasing = (event.inputType || '').indexOf('delete') === 0;
            field('expiry').value = expiry.length > 2 || (expiry.length === 2 && !erasing)
              ? expiry.slice(0, 2) + '/' + expiry.slice(2) : expiry;
          });
          field('cvc').addEventListener('input', function () { field('cvc').value = digits('cvc'); });
          fields.forEach(function (id) {
            field(id).addEventListener('change', function () {
              show(id, problem(id));
              resize();
              tell('event', { name: 'fieldChanged', value: { field: id, valid: !problem(id) } });
            });
          });
          field('card').addEventListener('submit', function (event) {
            event.preventDefault();
            if (!external) submit();
          });
          window.addEventListener('message', function (event) {
            if (event.origin !== host || event.source !== parent) return;
            if (event.data && event.data.name === 'submit') submit();
          });

          if (external) field('submit').hidden = true;
          if (/^#[0-9a-fA-F]{6}$/.test(query.get('color') || '')) {
            document.documentElement.style.setProperty('--accent', query.get('color'));
          }
          window.addEventListener('load', function () { resize(); tell('ready', null); });
          window.addEventListener('resize', resize);
        })();
        """#
}
