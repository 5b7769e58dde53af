// Begins the app.
import { render } from "preact";
import { App } from "./App";
import { choose, currentLanguage, recalled } from "./kit/text";
import { start } from "./sync/engine";
import { begin, heldCard } from "./work/duty";
import "./style/app.css";

choose(currentLanguage());
document.documentElement.dataset.size = recalled("size");
render(<App />, document.getElementById("app")!);
try {
  await begin();
  await start(heldCard);
} catch {
  // the browser keeps nothing: `unfit` has found that too, and the app says so instead of anything else
}
