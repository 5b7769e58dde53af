// The tubes of a table: the one that is open, and those of this shift with the people in them.
import { useState } from "preact/hooks";
import { say, several, t } from "../../kit/text";
import { Badge, Button, usePieces } from "../../parts/parts";
import type { Pool } from "../../work/pool";
import type { Desk } from "./desk";

/** Which tube is open and how full it is; each swab a dot. */
export function OpenTube(props: { pool: Pool | undefined; tube: string; size: number }) {
  const { tube, size } = props;
  const count = props.pool?.swabs.length ?? 0;
  return (
    <section class="card tube" data-tube={tube} data-count={count}>
      <div class="row spread">
        <span class="strong">{say(tube ? t("Tube {tube}", "采样管 {tube}", { tube }) : t("No tube is open", "尚无采样管"))}</span>
        <span class="big nowrap">
          {count} / {size}
        </span>
      </div>
      <div class="swabs" aria-hidden="true">
        {Array.from({ length: size }, (_, at) => (
          <i key={at} class={at < count ? "on" : ""} />
        ))}
      </div>
    </section>
  );
}

/** The tubes of this shift, the latest first; pressed, one shows its people. */
export function Tubes(props: { pools: Pool[]; open: string; desk: Desk }) {
  const [looked, look] = useState("");
  const [shown, more] = usePieces(props.pools);
  const people = props.pools.reduce((sum, pool) => sum + pool.swabs.length, 0);
  if (!props.pools.length) return null;
  return (
    <>
      <h2>
        {say(
          t(
            `Today at this table: {tubes} ${several(props.pools.length, "tube", "tubes")}, {people} ${several(people, "person", "people")}`,
            "本台今日：{tubes} 管 {people} 人",
            { tubes: props.pools.length, people },
          ),
        )}
      </h2>
      <ul class="list tubes">
        {shown.map((pool) => (
          <li key={pool.tube}>
            <button type="button" aria-expanded={looked === pool.tube} onClick={() => look(looked === pool.tube ? "" : pool.tube)}>
              <span class="grow strong">{pool.tube}</span>
              <span>{say(t(`{n} ${several(pool.swabs.length, "person", "people")}`, "{n} 人", { n: pool.swabs.length }))}</span>
              <Standing pool={pool} isOpen={pool.tube === props.open} />
            </button>
            {looked === pool.tube && <People pool={pool} desk={props.desk} />}
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

function Standing(props: { pool: Pool; isOpen: boolean }) {
  if (props.pool.handed) return <Badge tone="good">{say(t("handed over", "已交接"))}</Badge>;
  if (props.pool.sealed) return <Badge tone="good">{say(t("sealed", "已封管"))}</Badge>;
  return <Badge tone="watch">{say(props.isOpen ? t("open", "采样中") : t("left open", "未封管"))}</Badge>;
}

function People(props: { pool: Pool; desk: Desk }) {
  const { pool, desk } = props;
  return (
    <div class="card stack" style={{ margin: "0 12px 12px" }}>
      {pool.swabs.map((swab) => (
        <div class="row" key={swab.person}>
          <span class="grow">
            {desk.name(swab.person)} <span class="small quiet">{desk.when(swab.at)}</span>
          </span>
          {!pool.handed && !pool.sealed && (
            <Button
              kind="danger"
              label={say(t("Take {name} out", "移出 {name}", { name: desk.name(swab.person) }))}
              onPress={() => void desk.remove(pool, swab.kept)}
            >
              {say(t("Take out", "移出"))}
            </Button>
          )}
        </div>
      ))}
      {pool.handed ? (
        <p class="small quiet">{say(t("This tube has left. What is wrong in it: tell the clerk.", "此管已交接，如有差错请告知专干。"))}</p>
      ) : pool.sealed ? (
        <Button kind="wide" onPress={() => void desk.reopen(pool)}>
          {say(t("Open this tube again", "重新打开此管"))}
        </Button>
      ) : (
        <div class="pair">
          <Button onPress={() => void desk.tube(pool.tube)}>{say(t("Go on with it", "继续此管"))}</Button>
          <Button onPress={() => void desk.seal(pool)}>{say(t("Seal with {n}", "封管（{n}）", { n: pool.swabs.length }))}</Button>
        </div>
      )}
    </div>
  );
}
