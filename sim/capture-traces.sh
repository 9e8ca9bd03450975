#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Captures the traces of sim/traces again: programs of this machine under valgrind's lackey tool,
# each working on an input that is made here. Debian packages: valgrind gzip sqlite3 gcc python3.
#
#   sim/capture-traces.sh [-o DIR] [NAME...]     default: all of them, into sim/traces
#
# RVMMU_TB names the rvmmu-tb to convert with (default: build/rvmmu-tb). Another release of a program
# or of the C library moves its phases: the number of references skipped at the beginning may then
# have to be chosen anew, with `rvmmu-tb trace info` to look at the result.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/sim/traces
tb=$(realpath "${RVMMU_TB:-$root/build/rvmmu-tb}")

die() {
    echo "capture-traces: $*" >&2
    exit 2
}

if [ "${1-}" = -o ]; then
    [ $# -ge 2 ] || die "-o wants a directory"
    out=$(realpath "$2")
    shift 2
fi
[ $# -gt 0 ] || set -- gzip sqlite cc1 python sort
[ -x "$tb" ] || die "no $tb; make builds it"
[ -d "$out" ] || die "no directory $out"

# Programs see the same environment everywhere, and none of the user's wrappers of python3 or gcc.
export PATH=/usr/bin:/bin
for tool in valgrind gzip sqlite3 gcc python3; do
    [ -x /usr/bin/$tool ] || [ -x /bin/$tool ] || die "no $tool: apt-get install $tool"
done

work=$(mktemp -d)
pid=
finish() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# capture NAME SKIP LIMIT TEXT PROGRAM [ARGUMENT...], standard input from $input
capture() {
    local name=$1 skip=$2 limit=$3 text=$4
    shift 4
    echo "capture-traces: $name" >&2
    mkfifo "$work/trace"
    (cd "$work" && exec env -i PATH="$PATH" LC_ALL=C HOME="$work" \
        valgrind --quiet --tool=lackey --trace-mem=yes --log-file=trace "$@" \
        <"$work/$input" >"$work/$name.out" 2>"$work/$name.err") &
    pid=$!
    "$tb" trace convert --from lackey --skip "$skip" --limit "$limit" --name "$text" \
        -o "$out/$name.rvt.xz" "$work/trace"
    kill "$pid" 2>/dev/null || true # what follows the phase is not wanted
    wait "$pid" 2>/dev/null || true
    pid=
    rm "$work/trace"
}

# Text of made-up words, the frequent ones much more so, as in a language.
make_text() {
    python3 - <<'END' >"$work/text"
import random

random.seed(1)
letters = "etaoinshrdlucmfwypvbgkqjxz"
words = ["".join(letters[min(int(random.expovariate(0.15)), 25)]
                 for _ in range(random.randint(2, 9))) for _ in range(4000)]
size = 0
while size < 600000:
    line = " ".join(words[min(int(random.expovariate(1 / 400)), 3999)]
                    for _ in range(random.randint(5, 12))) + "."
    print(line)
    size += len(line) + 1
END
}

make_sql() {
    cat >"$work/sql" <<'END'
create table item(id integer primary key, name text, price integer, city integer);
create table city(id integer primary key, name text);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
insert into city select i, 'city ' || ((i * 7919) % 10007) from n;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000)
insert into item select i, ((i * 7919) % 10007) ||
' is the number of an item; what follows is the long description that makes its row wide',
(i * 104729) % 5003, (i * 31) % 300 + 1 from n;
create index item_price on item(price);
create index item_name on item(name);
select c.name, count(*), avg(i.price) from item i join city c on c.id = i.city
where i.price between 700 and 2900 group by c.name order by 3 desc limit 5;
update item set price = price + 17 where id % 7 = 3;
select sum(b.price) from item a join item b on b.id = (a.id * 1637) % 4000 + 1 where a.price < 4000;
select substr(name, 1, 5) from item where price between 900 and 1900 order by name limit 5;
delete from item where price % 11 = 5;
select sum(length(name)) from item where name like '%99%';
END
}

make_c() {
    python3 - <<'END' >"$work/program.c"
print("struct node { struct node *left, *right; long key; unsigned count; };")
for i in range(12):
    print(f"""
struct node *insert{i}(struct node *t, struct node *x)
{{
    if (!t)
        return x;
    if (x->key * {2 * i + 3} < t->key)
        t->left = insert{i}(t->left, x);
    else if (x->key > t->key + {i})
        t->right = insert{i}(t->right, x);
    else
        t->count += {i};
    return t;
}}

unsigned check{i}(const unsigned char *p, unsigned n)
{{
    unsigned c = ~0u;
    while (n--) {{
        c ^= *p++;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? c >> 1 ^ {0xedb88320 + 977 * i}u : c >> 1;
    }}
    return ~c;
}}

void multiply{i}(double *c, const double *a, const double *b, int n)
{{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {{
            double s = {i};
            for (int k = 0; k < n; k++)
                s += a[i * n + k] * b[k * n + j];
            c[i * n + j] = s;
        }}
}}""")
END
}

make_python() {
    cat >"$work/program.py" <<'END'
class Node:
    __slots__ = ("key", "left", "right")

    def __init__(self, key):
        self.key, self.left, self.right = key, None, None


def insert(tree, key):
    if tree is None:
        return Node(key)
    node = tree
    while True:
        side = "left" if key < node.key else "right"
        below = getattr(node, side)
        if below is None:
            setattr(node, side, Node(key))
            return tree
        node = below


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree.left), depth(tree.right))


x, tree, seen = 12345, None, {}
for _ in range(12000):
    x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    tree = insert(tree, x)
    word = "word %d" % (x % 3000)
    seen.setdefault(word, []).append(x)
print(depth(tree), sorted((len(v), k) for k, v in seen.items())[-3:])
END
}

make_text
make_sql
make_c
make_python
for name; do
    input=text
    case $name in
    gzip) capture gzip 140000 4000000 "gzip -6, 600 kB of text" gzip -6 -c ;;
    sqlite)
        input=sql
        capture sqlite 77100000 3000000 "sqlite3 in memory, a join grouped and sorted" sqlite3 :memory:
        ;;
    cc1)
        capture cc1 60000000 2000000 "gcc's cc1 -O2, C of 12 times three functions" \
            "$(gcc -print-prog-name=cc1)" -quiet -O2 -o program.s program.c
        ;;
    python)
        capture python 67000000 3000000 "python3, binary tree and dictionary of lists" \
            python3 -I -S program.py
        ;;
    sort) capture sort 13000000 3000000 "sort of 600 kB of text" sort --parallel=1 -S 8M ;;
    *) die "no trace '$name'; there are gzip, sqlite, cc1, python and sort" ;;
    esac
done
