"""Tests of the tree of areas; the two tables are excerpts (statistics_2021: the Bureau of Statistics' codes by way of
liyanjie2048/AdministrativeDivisionCn, MIT; other_codes: the same townships as xiangyuecn/AreaCity-JsSpider-StatsGov, MIT, codes them)."""
