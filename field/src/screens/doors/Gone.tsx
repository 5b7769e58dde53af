// What is shown where the phone does not have what a screen is about (any more).
import { say, t } from "../../kit/text";
import { Notice, Page } from "../../parts/parts";

export function Gone() {
  return (
    <Page title={t("Not here", "未找到")}>
      <Notice tone="watch">
        {say(
          t("This is not part of today's work on this phone any more. Please go back to the list.", "本机今日任务中已无此项，请返回名单。"),
        )}
      </Notice>
    </Page>
  );
}
