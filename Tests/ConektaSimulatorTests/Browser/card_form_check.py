"""Drives the card form in headless Chromium over its debugging pipe, as a payer with a 360x640 phone would.

usage: card_form_check.py API_PORT [SCREENSHOT_DIRECTORY]
The page is opened at `localhost` and takes the component from `127.0.0.1`: two origins, as in real life.
Prints one JSON object with what the host page was told in each scenario.
"""
import fcntl
import json
import os
import base64
import signal
import subprocess
import sys
import tempfile

PORT = sys.argv[1]
SCREENSHOTS = sys.argv[2] if len(sys.argv) > 2 else None


class Browser:
    """Chromium, spoken to by NUL-separated JSON on its descriptors 3 and 4."""

    def __init__(self, profile):
        commands, answers = os.pipe(), os.pipe()
        theirs = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in (commands[0], answers[1])]

        def hand_over():
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--site-per-process", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in theirs + [commands[0], answers[1]]:
            os.close(fd)
        self.commands = commands[1]
        self.answers = os.fdopen(answers[0], "rb", buffering=0)
        self.buffer, self.number, self.events = b"", 0, []

    def receive(self):
        while b"\0" not in self.buffer:
            part = self.answers.read(65536)
            if not part:
                raise RuntimeError("the browser is gone")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def event(self, method, matches):
        for known in self.events:
            if known.get("method") == method and matches(known["params"]):
                return known["params"]
        while True:
            message = self.receive()
            self.events.append(message)
            if message.get("method") == method and matches(message["params"]):
                return message["params"]

    def close(self):
        os.close(self.commands)
        self.process.terminate()
        self.process.wait(20)


class Page:
    """One tab with the trial page, and the card form inside it."""

    def __init__(self, browser, query):
        self.browser = browser
        browser.events.clear()
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.host = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        self.on_host("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)
        self.on_host("Emulation.setDeviceMetricsOverride", width=360, height=640, deviceScaleFactor=2, mobile=True)
        self.on_host("Page.bringToFront")
        self.on_host("Page.navigate", url=f"http://localhost:{PORT}/_prueba?origen=http://127.0.0.1:{PORT}&{query}")
        frame = browser.event("Target.attachedToTarget", lambda p: p["targetInfo"]["type"] == "iframe")
        self.frame = frame["sessionId"]
        self.run(self.host, """new Promise(done => {
            const body = document.body, check = () => body.dataset.ready !== undefined && done(true);
            new MutationObserver(check).observe(body, {attributes: true}); check() })""")

    def on_host(self, method, **parameters):
        return self.browser.call(method, self.host, **parameters)

    def run(self, session, script):
        result = self.browser.call("Runtime.evaluate", session, expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.on_host("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def middle(self, session, selector):
        return self.run(session, f"""(() => {{ const e = document.querySelector('{selector}');
            e.scrollIntoView({{block: 'nearest'}}); const r = e.getBoundingClientRect();
            return [r.x + r.width / 2, r.y + r.height / 2] }})()""")

    def touch_in_form(self, selector):
        x, y = self.middle(self.frame, selector)
        left, top = self.run(self.host, """(() => { const r = document.querySelector('iframe').getBoundingClientRect();
            return [r.x, r.y] })()""")
        self.click(left + x, top + y)
        self.run(self.frame, "new Promise(done => setTimeout(() => done(true), 20))")

    def fill(self, **card):
        for name, text in card.items():
            # A touch before the browser has put the frame on the screen goes to the page under it: touch again.
            for _ in range(200):
                self.touch_in_form("#" + name)
                active = self.run(self.frame, "document.activeElement.id")
                if active == name:
                    break
            else:
                raise RuntimeError(f"touched {name}, focused {active}")
            for character in text:
                self.on_host("Input.insertText", text=character)

    def result(self):
        text = self.run(self.host, """new Promise(done => {
            const output = document.getElementById('result'), check = () => output.textContent && done(output.textContent);
            new MutationObserver(check).observe(output, {childList: true}); check() })""")
        kind, value = text.split(" ", 1)
        return {"kind": kind, "value": json.loads(value)}

    def values(self):
        return self.run(self.frame, "[...document.querySelectorAll('input')].map(input => input.value)")

    def screenshot(self, name):
        if SCREENSHOTS:
            data = self.on_host("Page.captureScreenshot")["data"]
            with open(os.path.join(SCREENSHOTS, name + ".png"), "wb") as file:
                file.write(base64.b64decode(data))

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)


GOOD = {"number": "4242424242424242", "name": "Ana Perez", "expiry": "1234", "cvc": "123"}


def check(browser):
    found = {}
    page = Page(browser, "boton=externo")
    page.screenshot("empty")
    page.fill(**GOOD)
    found["shown"] = page.values()
    page.screenshot("filled")
    page.click(*page.middle(page.host, "#pay"))
    found["external"] = page.result()
    found["overflow"] = page.run(page.frame, "document.documentElement.scrollWidth > innerWidth")
    found["clipped"] = page.run(page.frame, "document.documentElement.scrollHeight > innerHeight + 1")
    found["keyboards"] = page.run(page.frame, "[...document.querySelectorAll('input')].map(i => i.inputMode)")
    page.close()

    page = Page(browser, "boton=interno")
    page.fill(**dict(GOOD, number="371449635398431", cvc="1234"))
    found["amex_shown"] = page.values()
    page.touch_in_form("#submit")
    found["internal"] = page.result()
    page.close()

    page = Page(browser, "boton=interno")
    page.fill(**dict(GOOD, number="4242424242424241", expiry="1320"))
    page.touch_in_form("#submit")
    found["wrong"] = page.result()
    found["wrong_texts"] = page.run(page.frame, "[...document.querySelectorAll('.error')].map(e => e.textContent).filter(Boolean)")
    page.screenshot("wrong")
    page.close()

    page = Page(browser, "boton=interno&llave=key_otra")
    page.fill(**GOOD)
    page.touch_in_form("#submit")
    found["key"] = page.result()
    page.close()

    page = Page(browser, "boton=externo")
    page.fill(**GOOD)
    # Neither a page other than the host nor the host's own page posing as the form is believed.
    page.run(page.frame, "window.postMessage({name: 'submit'}, '*')")
    page.run(page.host, "window.postMessage({name: 'token', value: {id: 'tok_falso'}}, '*')")
    page.run(page.host, "new Promise(done => setTimeout(() => done(true), 0))")
    page.click(*page.middle(page.host, "#pay"))
    found["strangers"] = page.result()
    page.close()
    return found



def out_of_time(number, frame):
    raise TimeoutError("the browser does not answer")


# Whoever started this may have left the signal ignored or blocked.
signal.signal(signal.SIGALRM, out_of_time)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
signal.alarm(90)
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    browser = Browser(profile)
    try:
        print(json.dumps(check(browser)))
    finally:
        browser.close()
