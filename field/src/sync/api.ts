// One request to the server, with what can come of it.
import { heard } from "../kit/clock";
import { currentLanguage } from "../kit/text";
import type { Phone } from "../store/phone";

export type Failure =
  | { is: "refused"; status: number; field: string; text: string; revoked: boolean }
  | { is: "unreached"; after: number }; // ms that the server asked to wait, 0 where it said nothing

export type Outcome<Content> = { is: "done"; content: Content } | Failure;

/** For so long nothing may come; over a bad link an answer may take longer, as long as some of it comes. */
const PATIENCE = 30_000;

/** Posts JSON, gzip where the browser can; never raises. */
export async function post<Content>(path: string, content: unknown, from?: Pick<Phone, "device" | "token">): Promise<Outcome<Content>> {
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), PATIENCE);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp.abort(), PATIENCE);
  };
  const headers: Record<string, string> = { "Content-Type": "application/json", "Accept-Language": currentLanguage() };
  if (from) Object.assign(headers, { "X-Device": from.device, Authorization: `Bearer ${from.token}` });
  try {
    const body = await packed(JSON.stringify(content), headers);
    const sent = performance.now();
    const answer = await fetch(`/api/v1/${path}`, { method: "POST", headers, body, signal: giveUp.signal, cache: "no-store" });
    const received = performance.now();
    const raw = JSON.parse(await text(answer, alive)) as Record<string, unknown>;
    if (typeof raw.now === "string") heard(raw.now, sent, received);
    if (answer.ok) return { is: "done", content: raw as Content };
    if (answer.status >= 500 || answer.status === 429) return { is: "unreached", after: seconds(answer) * 1_000 };
    const word = (name: string) => (typeof raw[name] === "string" ? raw[name] : "");
    return { is: "refused", status: answer.status, field: word("error"), text: word("text"), revoked: raw.revoked === true };
  } catch {
    return { is: "unreached", after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

async function packed(body: string, headers: Record<string, string>): Promise<BodyInit> {
  if (body.length <= 1_000 || !("CompressionStream" in globalThis)) return body;
  headers["Content-Encoding"] = "gzip";
  return new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}

/** The body as a text; `alive` is called whenever some of it has come. */
async function text(answer: Response, alive: () => void): Promise<string> {
  alive();
  const reader = answer.body?.getReader();
  if (!reader) return answer.text();
  const decoder = new TextDecoder();
  let whole = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    alive();
    whole += decoder.decode(part.value, { stream: true });
  }
  return whole + decoder.decode();
}

function seconds(answer: Response): number {
  return Number(answer.headers.get("Retry-After")) || 0; // a date is passed over: the ordinary waiting does
}
