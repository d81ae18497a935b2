/// A shop's payment page with the component in it, to try the card form by hand or by a driven browser.
///
/// `?boton=interno` leaves the button to the card form; `?origen=http://…` takes the component from another origin than
/// the page's, as in real life.
struct TrialPage {
    static let path = "/_prueba"

    let publicKey: String

    var html: String {
        """
        <!doctype html>
        <html lang="es">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Prueba de la tarjeta</title>
        <style>
        body { margin: 0 auto; max-width: 28rem; padding: 16px; color: #1b1f27;
          font: 16px/1.5 system-ui, -apple-system, Roboto, "Segoe UI", sans-serif }
        h1 { font-size: 22px; margin: 0 0 8px }
        button { width: 100%; height: 48px; margin-top: 12px; font: inherit; font-weight: 600; color: #fff;
          background: #0b57d0; border: 0; border-radius: 8px }
        [hidden] { display: none }
        output { display: block; margin-top: 12px; overflow-wrap: anywhere }
        </style>
        </head>
        <body data-key="\(HTMLText.escaped(publicKey))">
        <h1>Paga tu ficha: $10</h1>
        <div id="card"></div>
        <button id="pay" disabled>Pagar $10</button>
        <output id="result"></output>
        <script>\(Self.script)</script>
        </body>
        </html>

        """
    }

    private static let script = #"""
        (function () {
          'use strict';
          var query = new URLSearchParams(location.search);
          var external = query.get('boton') !== 'interno';
          var pay = document.getElementById('pay');
          function say(kind, value) {
            document.getElementById('result').textContent = kind + ' ' + JSON.stringify(value);
          }
          pay.hidden = !external;
          var script = document.createElement('script');
          script.crossOrigin = 'anonymous';
          script.src = (query.get('origen') || '') + '/v1.0/js/conekta-checkout.min.js';
          script.onload = function () {
            window.ConektaCheckoutComponents.Card({
              config: { targetIFrame: '#card', publicKey: query.get('llave') || document.body.dataset.key,
                locale: 'es', useExternalSubmit: external },
              options: { autoResize: true },
              callbacks: {
                onCreateTokenSucceeded: function (token) { say('token', token); },
                onCreateTokenError: function (error) { say('error', error); },
                onFormError: function (error) { say('formulario', error); },
                onGetInfoSuccess: function (info) { document.body.dataset.ready = info.initLoadTime; },
                onUpdateSubmitTrigger: function (submit) { pay.disabled = false; pay.onclick = submit; },
                onEventListener: function (event) { document.body.dataset.event = event.name; }
              },
              allowTokenization: true
            });
          };
          document.head.appendChild(script);
        })();
        """#
}
