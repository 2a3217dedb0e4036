//@ tool: node 16..25
//@ memory: 64 GiB
//@ varies objects: objects: (\d+) bytes in 10000000..60000000
//@ value typed: typed array: (\d+) bytes
//@ proves 15.13: other order: false
"use strict";
// ANCHOR: body
require("node:v8").setFlagsFromString("--allow-natives-syntax");
const sameShape = new Function("a", "b", "return %HaveSameMap(a, b)");

const article = (number, page) => ({ number, page });
const first = article(1, 1);
const second = article(2, 1);
const other = { page: 1, number: 3 };
const later = article(4, 1);
later.draft = true;
console.log("same order:", sameShape(first, second));
console.log("other order:", sameShape(first, other));
console.log("a field added:", sameShape(first, later));

const COUNT = 1_000_000;
const before = process.memoryUsage().heapUsed;
const objects = Array.from({ length: COUNT }, (_, n) => ({ letters: n }));
const used = process.memoryUsage().heapUsed - before;
const typed = Float64Array.from(objects, (article) => article.letters);
console.log("objects:", used, "bytes");
console.log("typed array:", typed.byteLength, "bytes");
// ANCHOR_END: body
if (typed[999_999] !== objects[999_999].letters) throw new Error("differs");
