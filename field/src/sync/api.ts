// One request to the server, with what can come of it.
import { heard } from "../kit/clock";
import { currentLanguage } from "../kit/text";
import type { Phone } from "../store/phone";

export type Outcome<Content> =
  | { is: "done"; content: Content }
  | { is: "refused"; status: number; field: string; text: string; revoked: boolean }
  | { is: "unreached"; after: number }; // ms that the server asked to wait, 0 where it said nothing

const PATIENCE = 30_000;

/** Posts JSON, gzip where the browser can; never raises. */
export async function post<Content>(path: string, content: unknown, from?: Pick<Phone, "device" | "token">): Promise<Outcome<Content>> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Accept-Language": currentLanguage() };
  if (from) Object.assign(headers, { "X-Device": from.device, Authorization: `Bearer ${from.token}` });
  let body: BodyInit = JSON.stringify(content);
  if (body.length > 1_000 && "CompressionStream" in globalThis) {
    body = await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
    headers["Content-Encoding"] = "gzip";
  }
  const sent = performance.now();
  try {
    const answer = await fetch(`/api/v1/${path}`, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
    const raw = (await answer.json()) as Record<string, unknown>;
    if (typeof raw.now === "string") heard(raw.now, sent, performance.now());
    if (answer.ok) return { is: "done", content: raw as Content };
    if (answer.status >= 500 || answer.status === 429) return { is: "unreached", after: Number(answer.headers.get("Retry-After") ?? 0) * 1_000 };
    const word = (name: string) => (typeof raw[name] === "string" ? raw[name] : "");
    return { is: "refused", status: answer.status, field: word("error"), text: word("text"), revoked: raw.revoked === true };
  } catch {
    return { is: "unreached", after: 0 };
  }
}
