// Begins the app.
import { render } from "preact";
import { App } from "./App";
import { choose, currentLanguage } from "./kit/text";
import { start } from "./sync/engine";
import { begin, heldCard } from "./work/duty";
import "./style/app.css";

choose(currentLanguage());
document.documentElement.dataset.size = localStorage.getItem("size") ?? "";
render(<App />, document.getElementById("app")!);
await begin();
await start(heldCard);
