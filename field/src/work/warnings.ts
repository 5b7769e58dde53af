// What a worker has to be told about the phone itself.
import { clockError } from "../kit/clock";
import { type Text, t } from "../kit/text";

const TOLD_S = 120;

/** In words, by how much this phone's clock is wrong; nothing where it is right or nobody knows. */
export function clockWarning(error: number | undefined = clockError()): Text | undefined {
  if (error === undefined || Math.abs(error) <= TOLD_S) return undefined;
  const [en, zh] = span(Math.abs(error));
  const after = t("Set the date and time to automatic. What you record keeps both times.", "请将日期和时间设为自动。登记会同时保留两个时间。");
  return error > 0
    ? t(`This phone's clock is ${en} behind. ${after.en}`, `本机时钟慢了${zh}。${after.zh}`)
    : t(`This phone's clock is ${en} ahead. ${after.en}`, `本机时钟快了${zh}。${after.zh}`);
}

function span(seconds: number): [string, string] {
  const units: [number, string, string][] = [[31_557_600, "year", "年"], [86_400, "day", "天"], [3_600, "hour", "小时"], [60, "minute", "分钟"]];
  for (const [length, en, zh] of units) {
    const count = Math.round(seconds / length);
    if (seconds >= length) return [`${count} ${en}${count === 1 ? "" : "s"}`, `约 ${count} ${zh}`];
  }
  return ["a moment", "片刻"];
}
