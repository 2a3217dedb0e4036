//@ tool: node 16..25
//@ memory: 64 GiB
//@ varies depth: caught at depth (\d+) in 3000..40000
//@ proves 5.34: RangeError
"use strict";
let deepest = 0;

// ANCHOR: body
function depth(inside, folder, level) {
  deepest = level;
  return 1 + depth(inside, inside[folder], level + 1);
}

// Folder 2 holds a link, and the link leads back to folder 0.
const inside = [1, 2, 0];
console.log("looking for the bottom ...");
try {
  console.log(depth(inside, 0, 1), "folders deep");
} catch (error) {
  console.log(`${error.name} caught at depth ${deepest}: ${error.message}`);
}
console.log("and the program goes on");
// ANCHOR_END: body
