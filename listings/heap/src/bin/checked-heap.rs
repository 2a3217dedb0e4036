//@ ends: abort
//@ proves allocator-contract: was given back as one of
use std::alloc::{GlobalAlloc, Layout, System, alloc, dealloc};
use std::process::abort;

// ANCHOR: allocator
/// The system's allocator, which also remembers the layout of each block,
/// in a note in front of it.
struct Checked;

/// The layout of a note with a block behind it, and where the block begins.
fn with_note(layout: Layout) -> Option<(Layout, usize)> {
    Layout::new::<Layout>().extend(layout).ok()
}

// SAFETY: `System` gives a block that is larger by the note, and gets the
// same block back. `realloc`, left as it is, calls these two.
unsafe impl GlobalAlloc for Checked {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some((larger, offset)) = with_note(layout) else {
            return std::ptr::null_mut();
        };
        let start = unsafe { System.alloc(larger) };
        if start.is_null() {
            return start;
        }
        unsafe {
            let block = start.add(offset);
            block
                .sub(size_of::<Layout>())
                .cast::<Layout>()
                .write_unaligned(layout);
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let note = block.wrapping_sub(size_of::<Layout>()).cast::<Layout>();
        let asked = unsafe { note.read_unaligned() };
        if asked != layout {
            report(asked, layout);
        }
        let (larger, offset) = with_note(layout).expect("as in alloc");
        unsafe { System.dealloc(block.sub(offset), larger) };
    }
}
// ANCHOR_END: allocator

/// Says what is wrong and ends the process. An allocator must not panic.
fn report(asked: Layout, given: Layout) -> ! {
    eprintln!(
        "a block of {} bytes was given back as one of {} bytes",
        asked.size(),
        given.size()
    );
    abort()
}

#[global_allocator]
static HEAP: Checked = Checked;

// ANCHOR: body
fn main() {
    let names = vec!["Anna", "Ben", "Clara"];
    println!("{} passengers", names.len());
    drop(names);

    let layout = Layout::array::<u32>(8).unwrap();
    // SAFETY: the layout is not of zero bytes.
    let block = unsafe { alloc(layout) };
    let wrong = Layout::array::<u32>(4).unwrap();
    // SAFETY: there is none. The block has another layout.
    unsafe { dealloc(block, wrong) };
    println!("never reached");
}
// ANCHOR_END: body
