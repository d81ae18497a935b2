/// The stand-in for `pay.conekta.com/v1.0/js/conekta-checkout.min.js` (reference `conekta.md` §6.2).
///
/// It mounts the card form of the simulator, on the simulator's origin, into the host page, and talks to it by messages
/// whose origin and window both sides check. The host page never sees the card.
enum CheckoutScript {
    static let path = "/v1.0/js/conekta-checkout.min.js"

    static let text = #"""
        (function () {
          'use strict';
          var origin = new URL(document.currentScript.src).origin;

          function card(setup) {
            var config = setup.config || {};
            var options = setup.options || {};
            var callbacks = setup.callbacks || {};
            var started = Date.now();
            var target = document.querySelector(config.targetIFrame);
            if (!target) throw new Error('targetIFrame: ' + config.targetIFrame);

            function tell(name, value) {
              if (typeof callbacks[name] === 'function') callbacks[name](value);
            }

            var query = new URLSearchParams({
              key: config.publicKey || '',
              locale: config.locale || 'es',
              external: config.useExternalSubmit ? '1' : '0',
              color: options.colorPrimary || '',
              parent: location.origin
            });
            var frame = document.createElement('iframe');
            frame.title = 'Datos de la tarjeta';
            frame.src = origin + '/v1.0/card?' + query;
            frame.style.cssText = 'display:block;width:100%;height:340px;border:0';

            window.addEventListener('message', function (event) {
              if (event.origin !== origin || event.source !== frame.contentWindow) return;
              var message = event.data || {};
              switch (message.name) {
                case 'ready':
                  tell('onGetInfoSuccess', { initLoadTime: Date.now() - started });
                  if (config.useExternalSubmit) {
                    tell('onUpdateSubmitTrigger', function () {
                      frame.contentWindow.postMessage({ name: 'submit' }, origin);
                    });
                  }
                  break;
                case 'height':
                  if (options.autoResize !== false) frame.style.height = message.value + 'px';
                  break;
                case 'token': tell('onCreateTokenSucceeded', message.value); break;
                case 'token-error': tell('onCreateTokenError', message.value); break;
                case 'form-error': tell('onFormError', message.value); break;
                case 'event': tell('onEventListener', message.value); break;
              }
            });
            target.replaceChildren(frame);
          }

          window.ConektaCheckoutComponents = {
            Card: function (setup) {
              if (!setup || !setup.allowTokenization) throw new Error('allowTokenization');
              card(setup);
            }
          };
        })();

        """#
}
