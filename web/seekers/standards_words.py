"""Words of service standards: how a promise stands on a day."""

from domain.codes import table

STANDINGS = table("""overdue | 已超期 | overdue
open | 待完成 | open
met | 已达标 | met""")
