// The camera on the screen, a scanner that types like a keyboard, and typing by hand: three ways to the same text.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { say, t } from "../kit/text";
import { Button, Notice } from "../parts/parts";
import { type Refusal, open } from "./camera";

const WHY = {
  denied: t(
    "The camera is not allowed. Allow it in the browser's settings for this site, or type the code below.",
    "未允许使用相机。请在浏览器设置中允许，或在下方手动输入。",
  ),
  none: t("This device has no camera. Type the code below, or use a scanner.", "本机没有相机，请在下方手动输入，或使用扫描枪。"),
  blind: t("The phone cannot read the camera's picture. Press Try again, or type the code below.", "无法识别相机画面。请重试，或在下方手动输入。"),
  busy: t("Another app uses the camera. Close it, then press Try again; or type the code below.", "相机被其他应用占用。请关闭后重试，或手动输入。"),
} satisfies Record<Refusal, unknown>;

/** Keys that follow one another this fast in a field come from a scanner, not from fingers. Outside of one nobody types: there a slow scanner is waited for. */
const WEDGE_MS = 60;
const OUTSIDE_MS = 500;
const SHORTEST = 4;

/** Calls back with each code. A scanner that types works wherever the focus is; `label` says what is asked for.
 * `children` stand in the place of the field for typing, where typing means more than a code. */
export function Scanner(props: { onCode: (text: string) => void; label: string; small?: boolean; children?: ComponentChildren }) {
  const video = useRef<HTMLVideoElement>(null);
  const [refused, refuse] = useState<Refusal | undefined>(undefined);
  const [attempt, again] = useState(0);
  const latest = useRef(props.onCode);
  latest.current = props.onCode;
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    if (video.current) {
      const ended = (why: Refusal) => gone || refuse(why);
      void open(video.current, (text) => latest.current(text), ended).then((answer) => {
        if ("refused" in answer) refuse(answer.refused);
        else if (gone) answer.stop();
        else {
          refuse(undefined);
          stop = answer.stop;
        }
      });
    }
    return () => {
      gone = true;
      stop();
    };
  }, [attempt]);
  useLayoutEffect(() => wedge((text) => latest.current(text)), []); // whoever sees the screen may scan: the first sign is heard too
  return (
    <div class="stack">
      <div class={`camera ${props.small ? "small" : ""}`} hidden={refused !== undefined}>
        <video ref={video} playsInline muted aria-label={say(t("Camera", "相机画面"))} />
        <span aria-hidden="true" />
      </div>
      {refused && (
        <Notice tone="watch">
          <p>{say(WHY[refused])}</p>
          <Button onPress={() => again(attempt + 1)}>{say(t("Try again", "重试"))}</Button>
        </Notice>
      )}
      {props.children ?? <Typed onCode={props.onCode} label={props.label} />}
    </div>
  );
}

function Typed(props: { onCode: (text: string) => void; label: string }) {
  const [text, set] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) props.onCode(text.trim());
    set("");
  };
  return (
    <form class="row" onSubmit={submit}>
      <input
        class="grow"
        value={text}
        onInput={(event) => set(event.currentTarget.value)}
        aria-label={props.label}
        placeholder={props.label}
        autocomplete="off"
        autocapitalize="characters"
      />
      <button type="submit" class="button">
        {say(t("OK", "确定"))}
      </button>
    </form>
  );
}

/** Listens for a scanner that types: many keys at once, then Enter. Typing in a field of the page is left alone. */
export function wedge(found: (text: string) => void): () => void {
  let text = "";
  let last = 0;
  const typed = (event: KeyboardEvent) => {
    const at = event.timeStamp; // when the key came, not when a busy page got to it
    const isTyping = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
    if (at - last > (isTyping ? WEDGE_MS : OUTSIDE_MS)) text = "";
    last = at;
    if (event.key === "Enter" && text.length >= SHORTEST) {
      event.preventDefault();
      event.stopPropagation();
      const whole = text;
      text = "";
      const field = document.activeElement;
      if (field instanceof HTMLInputElement && field.value.endsWith(whole)) {
        field.value = field.value.slice(0, -whole.length);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      found(whole);
    } else if (event.key.length === 1) text += event.key;
  };
  addEventListener("keydown", typed, true);
  return () => removeEventListener("keydown", typed, true);
}
