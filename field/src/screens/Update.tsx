// A new version of the app waits until the worker says so; records are never touched by it.
import { useEffect, useState } from "preact/hooks";
import { say, t } from "../kit/text";
import { Button } from "../parts/parts";

export function Update() {
  const [waiting, setWaiting] = useState<ServiceWorker | undefined>(undefined);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const registered = navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" }).then((registration) => {
      const look = () => {
        if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting);
      };
      look();
      registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
      timer = setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
    });
    registered.catch(() => undefined); // "This phone" says that the app does not open without a network yet
    return () => clearInterval(timer);
  }, []);
  if (!waiting) return null;
  const take = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  return (
    <div class="toast" role="status">
      <span class="grow">{say(t("A new version is ready. Your records stay.", "新版本已就绪，登记内容不受影响。"))}</span>
      <Button onPress={take}>{say(t("Use it", "更新"))}</Button>
    </div>
  );
}
