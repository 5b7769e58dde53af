// A phone that belongs to nobody yet: it scans what the clerk shows.
import { useEffect, useState } from "preact/hooks";
import { random, toBase64 } from "../kit/bytes";
import { type Text, currentLanguage, choose, say, t } from "../kit/text";
import { Button, Notice, Page } from "../parts/parts";
import { act, useBusy } from "../parts/press";
import { home } from "../parts/route";
import { Scanner } from "../scan/Scanner";
import { read } from "../kit/codes";
import { keep, meta } from "../store/database";
import { type Phone, setPhone } from "../store/phone";
import { post } from "../sync/api";
import { isOpen } from "../store/vault";
import { afterEnrolment, enrolLater } from "../work/duty";

interface Enrolled {
  device: string;
  keys: Phone["keys"];
  card: string;
}

const NOT_OURS = t(
  "This is not the code of the clerk's screen. Scan the square code under “Enrol a phone”.",
  "这不是专干屏幕上的登记码。请扫描“登记手机”页面的二维码。",
);
const NOT_KEPT = t("The phone could not keep this. Free some space on it, then try again.", "本机无法保存，请清理空间后重试。");
const NO_SERVER = t("The server does not answer. Come closer to the network, then press Try again.", "服务器没有响应。请到有网络处再试。");

/** Enrols with a code; in words what went wrong, or nothing. A lost answer costs nothing: the token is the phone's own. */
async function enrol(code: string): Promise<Text | string | undefined> {
  const before = await meta<{ code: string; token: string }>("enrolling");
  const token = before?.code === code ? before.token : toBase64(random(32));
  await keep("enrolling", { code, token });
  const outcome = await post<Enrolled>("enrol", { code, token, label: label(), app: APP_VERSION });
  if (outcome.is === "unreached") return NO_SERVER;
  if (outcome.is === "refused") return outcome.text;
  await setPhone({ device: outcome.content.device, token, keys: outcome.content.keys, enrolled: new Date().toISOString() });
  await keep("first_card", outcome.content.card);
  return undefined;
}

function label(): string {
  const agent = navigator.userAgent;
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "";
  const browser = /Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? "";
  return `${browser} ${system}`.trim().slice(0, 60);
}

export function Enrol() {
  const [busy, during] = useBusy();
  const [problem, setProblem] = useState<Text | string | undefined>(undefined);
  const [code, setCode] = useState<string | undefined>(undefined);
  const attempt = async (wanted: string) => {
    setCode(wanted);
    await during(async () => {
      const wrong = await enrol(wanted).catch(() => NOT_KEPT);
      setProblem(wrong);
      if (wrong) return;
      home(); // and the code leaves the address
      await afterEnrolment();
    });
  };
  useEffect(() => {
    const look = () => {
      const scanned = read(location.href);
      if (scanned.is === "enrol") act(attempt(scanned.code));
    };
    look();
    addEventListener("hashchange", look); // the code was scanned by the phone's own camera while the app was open
    return () => removeEventListener("hashchange", look);
  }, []);
  const onCode = (text: string) => {
    const scanned = read(text);
    if (scanned.is === "enrol") act(attempt(scanned.code));
    else if (/^[\w-]{16,64}$/.test(text.trim())) act(attempt(text.trim()));
    else setProblem(NOT_OURS);
  };
  return (
    <Page title={t("Enrol this phone", "登记本机")} root aside={<Languages />}>
      {problem && (
        <Notice tone="bad">
          <p>{say(problem)}</p>
          {code && (problem === NO_SERVER || problem === NOT_KEPT) && (
            <Button onPress={() => act(attempt(code))}>{say(t("Try again", "重试"))}</Button>
          )}
        </Notice>
      )}
      {busy ? (
        <p class="card center">{say(t("Enrolling …", "正在登记…"))}</p>
      ) : (
        <Ask onCode={onCode} />
      )}
    </Page>
  );
}

/** What to scan, and where; a phone that only came back here may go on as it was. */
function Ask(props: { onCode: (text: string) => void }) {
  return (
    <>
      <p class="card">
        {say(
          t(
            "Ask the town's clerk to open “Enrol a phone”, and scan the code on that screen.",
            "请乡镇专干打开“登记手机”，扫描屏幕上的二维码。",
          ),
        )}
      </p>
      <Scanner onCode={props.onCode} label={say(t("or type the code", "或手动输入代码"))} />
      {isOpen() && (
        <Button kind="plain wide" onPress={enrolLater}>
          {say(t("Not now", "暂不登记"))}
        </Button>
      )}
    </>
  );
}

export function Languages() {
  const other = currentLanguage() === "zh" ? "en" : "zh";
  return (
    <button
      lang={other === "en" ? "en" : "zh-Hans"}
      onClick={() => {
        choose(other);
        dispatchEvent(new Event("language"));
      }}
    >
      {other === "en" ? "English" : "中文"}
    </button>
  );
}
