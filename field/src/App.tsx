// The whole app: what stage the phone is in decides what is shown.
import { useEffect, useState } from "preact/hooks";
import { say, t } from "./kit/text";
import { useDuty } from "./parts/hooks";
import { Button, Notice, Page } from "./parts/parts";
import { usePlace } from "./parts/route";
import { SendingLine } from "./parts/sending";
import { Toast } from "./parts/toast";
import { SCREENS } from "./screens";
import { Enrol } from "./screens/Enrol";
import { FirstDigits, Locked } from "./screens/Lock";
import { Update } from "./screens/Update";
import { type Unfit, unfit } from "./work/fitness";
import { idleLock } from "./work/idle";

export function App() {
  const { stage } = useDuty();
  const [reason, setReason] = useState<Unfit | "looking" | undefined>("looking");
  const [accepted, accept] = useState(false);
  const [notKept, setNotKept] = useState(false);
  const [, draw] = useState(0);
  useEffect(() => void unfit().then(setReason), []);
  useEffect(() => {
    const again = () => draw((count) => count + 1);
    addEventListener("language", again);
    return () => removeEventListener("language", again);
  }, []);
  useEffect(idleLock, []);
  useEffect(() => {
    const warn = () => setNotKept(true);
    addEventListener("not saved", warn);
    return () => removeEventListener("not saved", warn);
  }, []);
  return (
    <div class="app">
      {reason === "looking" ? (
        <p class="card center">{say(t("One moment …", "请稍候…"))}</p>
      ) : reason && !accepted ? (
        <NotHere reason={reason} accept={() => accept(true)} />
      ) : (
        <Staged stage={stage} />
      )}
      {notKept && (
        <Notice tone="bad">
          <p class="strong">{say(t("That was NOT saved.", "这条登记没有保存！"))}</p>
          <p>
            {say(
              t(
                "The phone has no room, or the browser failed. Free some space, then record it again. If it comes again, write it on paper and tell the clerk.",
                "手机空间不足或浏览器出错。请清理空间后重新登记；若再次出现，请先记在纸上并告知专干。",
              ),
            )}
          </p>
          <Button onPress={() => setNotKept(false)}>{say(t("I understand", "知道了"))}</Button>
        </Notice>
      )}
      {stage === "open" && <Toast />} {/* it names people: not on a locked phone */}
      <Update />
      {stage === "open" && <SendingLine />}
    </div>
  );
}

function Staged(props: { stage: string }) {
  const place = usePlace();
  if (props.stage === "enrol") return <Enrol />;
  if (props.stage === "digits") return <FirstDigits />;
  if (props.stage === "locked") return <Locked />;
  if (props.stage !== "open") return <p class="card center">{say(t("One moment …", "请稍候…"))}</p>;
  const Screen = SCREENS[place.screen] ?? SCREENS.home!;
  return <Screen key={`${place.screen} ${JSON.stringify(place.args)}`} args={place.args} />;
}

/** A phone's screen with the three dots at the top right, and the line to press in the menu that they open. */
function WayOut() {
  return (
    <svg class="wayout" viewBox="0 0 260 150" aria-hidden="true">
      <path d="M4 150V18A14 14 0 0 1 18 4h224a14 14 0 0 1 14 14v132" fill="var(--paper)" stroke="var(--line-2)" stroke-width="3" />
      <path d="M4 44h252" stroke="var(--line-2)" stroke-width="2" />
      <circle cx="222" cy="25" r="19" fill="none" stroke="var(--bad)" stroke-width="4" />
      {[213, 222, 231].map((x) => <circle key={x} cx={x} cy="25" r="3" fill="currentColor" />)}
      <path d="M222 78V52m-8 9 8-10 8 10" fill="none" stroke="var(--bad)" stroke-width="4" />
      <rect x="24" y="82" width="212" height="46" rx="10" fill="var(--act)" />
      <text x="130" y="112" fill="var(--act-ink)" font-size="19" text-anchor="middle">{say(t("Open in browser", "在浏览器打开"))}</text>
    </svg>
  );
}

function NotHere(props: { reason: Unfit; accept: () => void }) {
  return (
    <Page title={t("Before you begin", "使用前请注意")} root>
      <Notice tone="bad">
        <p class="strong">{say(props.reason.text)}</p>
        <p>{say(props.reason.remedy)}</p>
        {props.reason.isView && <WayOut />}
      </Notice>
      {props.reason.mayGoOn && (
        <Button kind="wide" onPress={props.accept}>
          {say(t("I understand; go on", "我已了解，继续"))}
        </Button>
      )}
    </Page>
  );
}
