// Cards of workers, checked on the phone without a network by the server's public key.
import { now } from "../kit/clock";
import { fromBase64, utf8 } from "../kit/bytes";
import { type Text, t } from "../kit/text";
import { type Card, cardOf } from "../store/phone";

export type Verdict = { good: Card } | { bad: Text };

/** Whose card it is; or, in words, why it cannot be used. */
export async function checked(text: string, signing: string): Promise<Verdict> {
  const at = text.lastIndexOf(".");
  const card = cardOf(text);
  if (!text.startsWith("CKC1.") || at < 6 || !card)
    return { bad: t("This is no worker's card. Scan the card that the clerk printed.", "这不是工作人员卡，请扫描专干打印的卡片。") };
  if (!(await signedBy(signing, text.slice(0, at), text.slice(at + 1)))) {
    return { bad: t("This card was not made by this town's server. Ask the clerk for another.", "此卡不是本地服务器签发，请联系专干换卡。") };
  }
  if (Date.parse(card.t) < now()) return { bad: t("This card is over. Ask the clerk for a new one.", "此卡已过期，请联系专干换卡。") };
  return { good: card };
}

async function signedBy(signing: string, text: string, signature: string): Promise<boolean> {
  try {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("raw", fromBase64(signing), curve, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, fromBase64(signature), utf8(text));
  } catch {
    return false;
  }
}
