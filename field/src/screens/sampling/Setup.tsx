// Before the first person: where one samples, at which station, how many go into a tube.
import { useState } from "preact/hooks";
import { say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Picks } from "../../parts/Picks";
import { Button, Page } from "../../parts/parts";
import type { Table } from "../../work/pool";
import { poolName } from "./words";

const MOST_STATIONS = 8;

/** `before` is what the table was set to the last time; the pack's sizes and its default otherwise. */
export function Setup(props: { round: string; before: Table | undefined; place: string; onReady: (table: Table) => void }) {
  const { assignment } = useDuty();
  const sites = assignment.places.filter((place) => place.category === "test_site");
  const sizes = assignment.value<number[]>("pooling.sizes") ?? [1];
  const usual = assignment.value<number>("pooling.default") ?? sizes[0] ?? 1;
  const { before } = props;
  const own = sites.find((site) => site.code === assignment.worker?.place)?.code;
  const [place, setPlace] = useState(props.place || (before?.mode === "home" ? "" : before?.place || own || sites[0]?.code || ""));
  const [station, setStation] = useState(before?.station ?? 1);
  const [size, setSize] = useState(before && sizes.includes(before.size) ? before.size : usual);
  const ordered = [usual, ...sizes.filter((each) => each !== usual)];
  return (
    <Page title={t("Set the table", "设置采样台")}>
      <Picks
        legend={t("Where", "采样地点")}
        chosen={place}
        choose={setPlace}
        options={[...sites.map((site) => [site.code, site.name] as const), ["", t("At home, door to door", "上门采样")]]}
      />
      {place && (
        <Picks
          legend={t("Station", "采样台号")}
          chosen={station}
          choose={setStation}
          options={Array.from({ length: MOST_STATIONS }, (_, at) => [at + 1, String(at + 1)] as const)}
        />
      )}
      <Picks
        legend={t("Swabs in a tube", "每管人数")}
        chosen={size}
        choose={setSize}
        options={ordered.map((each) => [each, poolName(each)] as const)}
      />
      <Button
        kind="primary wide"
        onPress={() => props.onReady({ round: props.round, place, mode: place ? "site" : "home", station: place ? station : 0, size })}
      >
        {say(t("Open the table", "开始采样"))}
      </Button>
    </Page>
  );
}
