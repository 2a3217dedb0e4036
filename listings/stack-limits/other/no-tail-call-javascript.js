//@ tool: node 16..25
//@ memory: 64 GiB
//@ proves 5.29: RangeError
// ANCHOR: body
// The mode in which the standard asks for tail calls without frames.
"use strict";


// Adds up sizes. The call is the last thing that happens.
function total(folders, sum) {
  return folders === 0 ? sum : total(folders - 1, sum + folders);
}

console.log("1000 folders:", total(1_000, 0));
try {
  console.log("1000000 folders:", total(1_000_000, 0));
} catch (error) {
  console.log("1000000 folders:", error.name);
}
// ANCHOR_END: body
