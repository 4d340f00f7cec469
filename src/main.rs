//! The binary: everything is in the library.

fn main() -> std::process::ExitCode {
    netcordon::cli::run()
}

/// Values of views are many, small, and made on several threads: the system's allocator took a fifth of the time. Without
/// huge pages (`no_thp`), which would double what a short run holds.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
