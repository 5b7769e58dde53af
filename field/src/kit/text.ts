// Every text that a person sees, in both languages, and which of the two is shown.
export interface Text {
  en: string;
  zh: string;
}

export type Language = "zh" | "en";

/** What a page keeps in the clear of how it looks. A browser that keeps nothing fails here, which is no reason to show nothing. */
export function recalled(name: string): string {
  try {
    return globalThis.localStorage?.getItem(name) ?? "";
  } catch {
    return "";
  }
}

export function recallLater(name: string, value: string): void {
  try {
    globalThis.localStorage?.setItem(name, value);
  } catch {
    // it is chosen again the next time
  }
}

let language: Language = remembered();

function remembered(): Language {
  const kept = recalled("language");
  if (kept === "en" || kept === "zh") return kept;
  return globalThis.navigator?.language?.toLowerCase().startsWith("en") ? "en" : "zh";
}

export function currentLanguage(): Language {
  return language;
}

/** Chooses the language; the page's own `lang` follows. */
export function choose(wanted: Language): void {
  language = wanted;
  recallLater("language", wanted);
  if (globalThis.document) document.documentElement.lang = wanted === "en" ? "en" : "zh-Hans";
}

/** Where nothing is said. */
export const NOTHING: Text = { en: "", zh: "" };

/** A text in both languages, with `{name}` where a value goes. */
export function t(en: string, zh: string, values: Record<string, string | number> = {}): Text {
  const filled = (pattern: string) => pattern.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
  return { en: filled(en), zh: filled(zh) };
}

/** The text in the language that is chosen; a plain string stands as it is. */
export function say(text: Text | string): string {
  return typeof text === "string" ? text : text[language];
}

/** One or several in English: `several(1, "door", "doors")`. */
export function several(count: number, one: string, more: string): string {
  return count === 1 ? one : more;
}
