// What one window of the app tells the others on the same phone: that something on the disk is new, by name, never what it says.
export type Topic = "outbox" | "parts" | "card" | "lock";

interface News {
  topic: Topic;
  names: string[];
}

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("closeknit") : undefined;
(channel as { unref?: () => void } | undefined)?.unref?.(); // Node would wait for it for ever

export function tellOthers(topic: Topic, names: string[] = []): void {
  channel?.postMessage({ topic, names } satisfies News);
}

/** Calls back with what the other windows tell. */
export function fromOthers(listener: (topic: Topic, names: string[]) => void): () => void {
  const heard = (message: MessageEvent) => listener((message.data as News).topic, (message.data as News).names);
  channel?.addEventListener("message", heard);
  return () => channel?.removeEventListener("message", heard);
}
