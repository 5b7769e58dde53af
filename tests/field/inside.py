"""What lies in a phone's browser: its outbox, its parts, and everything as one text, as a thief would dump it."""

import time

from playwright.sync_api import Page

Row = tuple[str, int, str]

COUNT = """([store, standing]) => new Promise((done) => {
    const asked = indexedDB.open("closeknit");
    asked.onsuccess = () => {
        const rows = asked.result.transaction(store).objectStore(store);
        const got = standing ? rows.index("standing").count(standing) : rows.count();
        got.onsuccess = () => { asked.result.close(); done(got.result); };
    };
})"""
ROWS = """() => new Promise((done) => {
    const asked = indexedDB.open("closeknit");
    asked.onsuccess = () => {
        const got = asked.result.transaction("outbox").objectStore("outbox").getAll();
        got.onsuccess = () => { asked.result.close(); done(got.result.map((row) => [row.id, row.seq, row.standing])); };
    };
})"""
PHONE = """() => new Promise((done) => {
    const asked = indexedDB.open("closeknit");
    asked.onsuccess = () => {
        const got = asked.result.transaction("meta").objectStore("meta").get("phone");
        got.onsuccess = () => { asked.result.close(); done(got.result.device); };
    };
})"""
LOSE = """(place) => new Promise((done) => {
    const asked = indexedDB.open("closeknit");
    asked.onsuccess = () => {
        const store = asked.result.transaction("outbox", "readwrite").objectStore("outbox");
        store.getAllKeys().onsuccess = (got) => {
            store.delete(got.target.result[place]).onsuccess = () => { asked.result.close(); done(); };
        };
    };
})"""
PARTS = """() => new Promise((done) => {
    const asked = indexedDB.open("closeknit");
    asked.onsuccess = () => {
        const got = asked.result.transaction("parts").objectStore("parts").getAllKeys();
        got.onsuccess = () => { asked.result.close(); done(got.result); };
    };
})"""
OFFLINE_READY = """() => new Promise((go) => {
    if (navigator.serviceWorker.controller) go();
    else navigator.serviceWorker.addEventListener("controllerchange", () => go(), { once: true });
})"""
TAPPED = """async ([count, selector]) => {
    for (let made = 0; made < count; made += 1) {
        document.querySelector(selector).click();
        if (made % 20 === 19) await new Promise((go) => setTimeout(go, 0));
    }
}"""
DUMP = """async () => {
    const seen = [];
    const walk = (value) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
            const bytes = new Uint8Array(value.buffer ?? value);
            seen.push(new TextDecoder().decode(bytes), new TextDecoder("utf-16").decode(bytes));
        } else if (value instanceof CryptoKey) seen.push(value.extractable ? "an extractable key" : "");
        else if (Array.isArray(value)) value.forEach(walk);
        else if (value && typeof value === "object") Object.entries(value).forEach(([name, each]) => { seen.push(name); walk(each); });
        else seen.push(String(value));
    };
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    for (const { name } of await indexedDB.databases()) {
        const db = await answer(indexedDB.open(name));
        for (const store of db.objectStoreNames) walk(await answer(db.transaction(store).objectStore(store).getAll()));
        db.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) seen.push(request.url, await (await cache.match(request)).text());
    }
    seen.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, document.body.innerText);
    return seen.join("\\n");
}"""


def rows(page: Page) -> list[Row]:
    """What the phone's outbox holds: id, seq, standing."""
    return [tuple(row) for row in page.evaluate(ROWS)]


def count(page: Page, store: str, standing: str = "") -> int:
    """How many entries a store has; of the outbox also by their standing."""
    number: int = page.evaluate(COUNT, [store, standing])
    return number


def parts(page: Page) -> list[str]:
    """The names of what was synced and is still on the phone."""
    names: list[str] = page.evaluate(PARTS)
    return names


def device(page: Page) -> str:
    """The code of the device."""
    code: str = page.evaluate(PHONE)
    return code


def lose(page: Page, place: int) -> None:
    """Takes a record out of the outbox, as a broken disk would."""
    page.evaluate(LOSE, place)


def dump(page: Page) -> str:
    """All that the browser keeps for the app, and what stands on the screen, as one text."""
    text: str = page.evaluate(DUMP)
    return text


def ready_offline(page: Page) -> None:
    """Waits until the app would open without a network."""
    page.evaluate(OFFLINE_READY)


def tap_vehicles(page: Page, number: int) -> None:
    """So many cars pass the gate, one tap each; returns when each is durable."""
    before = count(page, "outbox")
    page.evaluate(TAPPED, [number, "[data-vehicle=car]"])
    until = time.monotonic() + 180
    while count(page, "outbox") < before + number:
        assert time.monotonic() < until, "Not every tap became a record."
        page.wait_for_timeout(50)


def call_now(page: Page) -> None:
    """Lets the phone make contact without waiting for its turn."""
    page.evaluate("dispatchEvent(new Event('online'))")
