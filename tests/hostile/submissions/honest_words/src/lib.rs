// No #[no_mangle] here, no #[global_allocator], no link_section, no include!("/etc/passwd").
/// Neither is there an `export_name`.
pub const FORBIDDEN: [&str; 3] = ["#[unsafe(no_mangle)]", "#![no_main]", "include_bytes!(\"/proc/self/mem\")"];

//@ honest: gcd div money stack words
