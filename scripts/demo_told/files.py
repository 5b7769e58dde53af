"""Two files to try by hand: a list of the county as it comes, and a sign-up of a chat group."""

import random

from demo_told.telling import MORE, NEIGHBOUR, VILLAGE, Register

HEAD = "序号,姓名,身份证号,联系电话,所属村,推送原因,核查时限"


def county_list(register: Register) -> None:
    """Most rows are of the register; some tell no village, the wrong one, nobody, or a time that is none; one stands twice."""
    pick = random.Random(31)
    rows = []
    for area in (VILLAGE, NEIGHBOUR, "433122108002", "433122108004", "433122108210"):
        for person in pick.sample(register.grown(area), 2):
            rows.append([person["name"], person["id_no"], person["phone"], register.villages[area], "同乘大巴", ""])
    rows[1][1], rows[3][3], rows[5][2] = "", "", rows[5][2][:7] + " " + rows[5][2][7:]
    rows += [list(rows[0]), ["符小北", "", "19900013355", "浦市镇", "车站登记", ""],
             ["", "", "", register.villages[VILLAGE], "同乘大巴", ""],
             ["石小满", "", "19900017788", register.villages[VILLAGE], "同乘大巴", "尽快"]]  # fmt: skip
    lines = ["县推第13批协查名单,,,,,,", HEAD, *(",".join([str(number), *row]) for number, row in enumerate(rows, 1))]
    (MORE / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def sign_up(register: Register) -> None:
    """Orders with their doors, and lines that only a person can settle."""
    pick = random.Random(41)
    homes = pick.sample(register.households[VILLAGE], 12)
    packs = ("蔬菜包1份", "肉类包1份", "蔬菜包2份", "蔬菜包1份 肉类包1份")
    lines = [f"{number}. {register.addresses[home]} {pick.choice(packs)}" for number, home in enumerate(homes, 1)]
    lines += ["13. 我家也要两份菜", "14. 河西巷999号 肉一份", "请问几点送到？", f"15. {register.addresses[homes[0]]} 蔬菜包改成3份"]
    (MORE / "sign-up.txt").write_text("\n".join(["#接龙 浦溪村物资订购", *lines]) + "\n", encoding="utf-8")
