// Whether this browser can keep records safely, looked at before the first record.
import { type Text, t } from "../kit/text";
import { base } from "../store/database";

export interface Unfit {
  text: Text;
  remedy: Text;
  mayGoOn: boolean; // said once, then recording is allowed
  isView?: boolean; // inside another app: a picture shows the way out
}

// The names of chat apps, and what Android says of a page inside any other app.
const VIEWS = /MicroMessenger|wxwork|DingTalk|Lark|Feishu|AliApp|AlipayClient|QQ\/|Weibo|Line\/|FBAN|FBAV|Instagram|; wv\)/i;

/** Whether the page stands inside another app. On iPhones every browser says Safari; an app from the home screen says that it stands alone. */
export function isInsideAnApp(agent: string, standsAlone: boolean): boolean {
  return VIEWS.test(agent) || (/iPhone|iPad|iPod/.test(agent) && !/Safari\//.test(agent) && !standsAlone);
}

/** What is in the way of keeping records here; undefined where nothing is. */
export async function unfit(agent: string = navigator.userAgent): Promise<Unfit | undefined> {
  if (isInsideAnApp(agent, (navigator as { standalone?: boolean }).standalone === true)) {
    return {
      text: t("This page is open inside a chat or another app. What is recorded here could be lost.", "当前在微信等应用内打开，登记内容可能丢失。"),
      remedy: t("Press ⋯ at the top right and choose “Open in browser”.", "请点右上角 ⋯，选择“在浏览器打开”。"),
      mayGoOn: false,
      isView: true,
    };
  }
  if (!isSecureContext || !globalThis.crypto?.subtle) {
    return {
      text: t("This page did not come over a secure connection; the camera and the encryption do not work here.", "当前连接不安全，相机和加密无法使用。"),
      remedy: t("Open the address that begins with https:// on the clerk's card.", "请打开专干卡片上以 https:// 开头的地址。"),
      mayGoOn: false,
    };
  }
  if (!globalThis.indexedDB || !(await opens())) {
    return {
      text: t("This browser keeps nothing when it is closed (a private window, perhaps).", "浏览器不保存数据（可能是无痕窗口）。"),
      remedy: t("Open the page in an ordinary window of a current browser.", "请用普通窗口或更新后的浏览器打开。"),
      mayGoOn: false,
    };
  }
  if ("storage" in navigator && !(await keeps())) {
    return {
      text: t(
        "This browser does not promise to keep what is recorded: when the phone runs out of space, unsent records could go.",
        "浏览器未承诺长期保存：存储空间不足时，未上传的登记可能被清除。",
      ),
      remedy: t(
        "Add the app to the home screen and open it from there, then this goes away. Until then send often.",
        "请把本应用添加到主屏幕后再打开；在此之前请经常上传。",
      ),
      mayGoOn: true,
    };
  }
  return undefined;
}

/** A browser that does not answer promises nothing. */
async function keeps(): Promise<boolean> {
  const { storage } = navigator;
  return storage.persisted().then((kept) => kept || storage.persist()).catch(() => false);
}

async function opens(): Promise<boolean> {
  return base().then(
    () => true,
    () => false,
  );
}
