"""Drives the simulated router with clients that others wrote.

usage: librouteros_check.py --port PORT --control PORT [--legacy] [--tls]

Needs librouteros 4.2; runs routeros_api too where it is installed. The router must be fresh, its account fichas with the
password secret, and have the user profiles default, 1h and 1d. --legacy is a router before 6.43, --tls one with a certificate
(any will do). Exits 1 at the first thing that is not as a real router would have it.
"""

import argparse
import asyncio
import json
import ssl
import sys
import urllib.request

from librouteros import async_connect, connect
from librouteros.exceptions import FatalError, LibRouterosError, TrapError
from librouteros.login import async_plain, async_token, plain, token
from librouteros.query import And, Key, Or

PHONE = {"mac": "AA:00:00:00:00:01", "ip": "10.5.50.11", "to_address": "10.5.50.12"}
checks = 0
tls = {}


def same(found, expected, what):
    global checks
    checks += 1
    if found != expected:
        sys.exit(f"librouteros_check: {what}: expected {expected!r}, found {found!r}")


def trapped(call, text, what):
    try:
        call()
    except TrapError as error:
        same(text in str(error), True, f"{what} ({error})")
    else:
        sys.exit(f"librouteros_check: {what}: no trap")


def control(port, method, path, body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, method=method)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def open_api(port, method, password="secret", encoding="utf-8"):
    return connect(
        host="127.0.0.1", username="fichas", password=password, port=port, timeout=10, encoding=encoding,
        login_method=method, **tls,
    )


def check_login(port, legacy):
    methods = (token,) if legacy else (plain,)
    for method in methods:
        api = open_api(port, method)
        same(len(tuple(api("/system/resource/print"))), 1, "resource")
        api.close()
        wrong = "cannot log in" if legacy else "invalid user name or password (6)"
        trapped(lambda m=method: open_api(port, m, password="wrong"), wrong, "wrong password")


def check_users(api):
    name, identifier, profile = Key("name"), Key(".id"), Key("profile")
    users = api.path("ip", "hotspot", "user")
    first = users.add(name="F1", password="F1", profile="1h", **{"limit-uptime": "24h"}, comment="caf\u00e9 a=b")
    second = users.add(name="F2", password="F2", profile="1d", disabled=False)
    third = users.add(name="F3", password="F3", **{"mac-address": "aa-bb-cc-dd-ee-ff"})
    same((first, second, third), ("*1", "*2", "*3"), "identifiers")

    def found(*where):
        return [row["name"] for row in users.select(name).where(*where)]

    same([row["name"] for row in users], ["default-trial", "F1", "F2", "F3"], "all users")
    same(found(name == "F1"), ["F1"], "where")
    same(found(name == "F9"), [], "where nothing")
    same(found(And(name == "F1", profile == "1h")), ["F1"], "and")
    same(found(And(name == "F1", profile == "1d")), [], "and nothing")
    same(found(Or(name == "F1", name == "F3")), ["F1", "F3"], "or")
    same(found(Or(And(name == "F1", profile == "1h"), name == "F2")), ["F1", "F2"], "or of and")
    same(found(name.In("F2", "F3", "F9")), ["F2", "F3"], "in")
    same(found(name != "F1"), ["default-trial", "F2", "F3"], "not equal")
    same(found(Key("disabled") == False), ["default-trial", "F1", "F2", "F3"], "boolean")  # noqa: E712
    same(found(Key("comment") == "caf\u00e9 a=b"), ["F1"], "accents")

    row = tuple(users.select(identifier, Key("limit-uptime"), Key("comment")).where(name == "F1"))[0]
    same(row, {".id": "*1", "limit-uptime": "1d", "comment": "caf\u00e9 a=b"}, "proplist")
    users.update(**{".id": second, "comment": "nuevo", "disabled": True})
    row = tuple(users.select(Key("comment"), Key("disabled")).where(name == "F2"))[0]
    same(row, {"comment": "nuevo", "disabled": True}, "update")
    same(tuple(api("/ip/hotspot/user/print", **{"count-only": ""})), ({"ret": 4},), "count-only")

    trapped(lambda: users.add(name="F1"), "already have user with this name for this server", "duplicate")
    trapped(lambda: users.add(name="F4", profile="1w"), "input does not match any value of profile", "profile")
    trapped(lambda: users.add(name="F4", **{"limit-uptime": ""}), "invalid time value", "time")
    trapped(lambda: users.add(name="F4", nonsense="1"), "unknown parameter", "unknown parameter")
    trapped(lambda: tuple(api("/ip/hotspot/cookie/add")), "no such command", "no cookie/add")
    users.remove(second, third)
    same([row["name"] for row in users], ["default-trial", "F1"], "remove")
    trapped(lambda: users.remove(second), "no such item", "remove again")


def check_hotspot(api, port):
    def login(**more):
        return tuple(api("/ip/hotspot/active/login", user="F1", password="F1", ip="10.5.50.12", **more))

    trapped(login, "unknown host IP 10.5.50.12", "no host")
    control(port, "POST", "/phones", PHONE)
    trapped(lambda: login(**{"mac-address": "AA:00:00:00:00:99"}), "wrong MAC provided", "wrong MAC")
    same(login(**{"mac-address": PHONE["mac"]}), (), "login")
    sessions = tuple(api.path("ip", "hotspot", "active"))
    same([(row["user"], row["address"]) for row in sessions], [("F1", "10.5.50.12")], "active")
    host = tuple(api.path("ip", "hotspot", "host"))[0]
    same((host["authorized"], host["to-address"]), (True, "10.5.50.12"), "host")
    control(port, "POST", "/clock/advance", {"seconds": 61})
    same(tuple(api.path("ip", "hotspot", "active"))[0]["uptime"], "1m1s", "uptime")
    api.path("ip", "hotspot", "active").remove(sessions[0][".id"])
    same(tuple(api.path("ip", "hotspot", "active")), (), "logged out")
    control(port, "POST", "/console", {
        "words": ["/ip/hotspot/user/set", "=numbers=F1", "=comment=caf\u00e9"], "latin1": True,
    })
    ledger = control(port, "GET", "/ledger")
    same([login["cause"] for login in ledger["logins"]], ["admin reset"], "ledger")
    same([user["name"] for user in ledger["users"]], ["F1", "F2", "F3"], "ledger of users")


def check_latin1(port, method):
    api = open_api(port, method, encoding="latin-1")
    rows = tuple(api.path("ip", "hotspot", "user").select(Key("comment")).where(Key("name") == "F1"))
    same(rows, ({"comment": "caf\u00e9"},), "latin-1 bytes")
    api.close()


def check_faults(port, control_port, method):
    control(control_port, "POST", "/faults", {"effect": "drop", "executes": True, "path": "/ip/hotspot/user/add"})
    api = open_api(port, method)
    try:
        api.path("ip", "hotspot", "user").add(name="F7")
    except (LibRouterosError, OSError):
        pass
    else:
        sys.exit("librouteros_check: the lost connection went unnoticed")
    api = open_api(port, method)
    names = [row["name"] for row in api.path("ip", "hotspot", "user")]
    same(names, ["default-trial", "F1", "F7"], "the add whose answer was lost")
    try:
        tuple(api("/quit"))
    except FatalError as error:
        same("session terminated on request" in str(error), True, "quit")
    else:
        sys.exit("librouteros_check: /quit did not end the connection")


async def check_async(port, method):
    api = await async_connect(
        host="127.0.0.1", username="fichas", password="secret", port=port, timeout=10, encoding="utf-8",
        login_method=method,
    )
    users = api.path("ip", "hotspot", "user")
    identifier = await users.add(name="A1", profile="1h")
    rows = [row async for row in users.select(Key("name")).where(Key(".id") == identifier)]
    same(rows, [{"name": "A1"}], "async")
    await users.remove(identifier)
    await api.close()


def check_routeros_api(port):
    try:
        import routeros_api
        from routeros_api.exceptions import RouterOsApiCommunicationError
    except ImportError:
        return "routeros_api is not installed"
    pool = routeros_api.RouterOsApiPool(
        "127.0.0.1", username="fichas", password="secret", port=port, plaintext_login=True,
    )
    users = pool.get_api().get_resource("/ip/hotspot/user")
    users.add(name="R1", profile="1h")
    row = users.get(name="R1")[0]
    same((row["name"], row["profile"], row["uptime"]), ("R1", "1h", "0s"), "routeros_api get")
    users.set(id=row["id"], comment="hola")
    same(users.get(name="R1")[0]["comment"], "hola", "routeros_api set")
    try:
        users.add(name="R1")
    except RouterOsApiCommunicationError as error:
        same(b"already have user" in error.original_message, True, "routeros_api trap")
    else:
        sys.exit("librouteros_check: routeros_api: no trap")
    users.remove(id=row["id"])
    same(users.get(name="R1"), [], "routeros_api remove")
    pool.disconnect()
    return "routeros_api agrees"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--control", type=int, required=True)
    arguments.add_argument("--legacy", action="store_true")
    arguments.add_argument("--tls", action="store_true")
    options = arguments.parse_args()
    if options.tls:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        tls["ssl_wrapper"] = context.wrap_socket
    method = token if options.legacy else plain

    check_login(options.port, options.legacy)
    api = open_api(options.port, method)
    check_users(api)
    check_hotspot(api, options.control)
    api.close()
    check_latin1(options.port, method)
    check_faults(options.port, options.control, method)
    other = ""
    if not options.tls:
        asyncio.run(check_async(options.port, async_token if options.legacy else async_plain))
    if not options.tls and not options.legacy:
        other = ", " + check_routeros_api(options.port)
    print(f"librouteros_check: {checks} checks passed{other}")


main()
