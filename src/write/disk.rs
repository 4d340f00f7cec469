//! The operations that change the disk, each announced to `before`.

use super::tree::{self, failed};
use crate::artifact::digest;
use crate::problem::Problem;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Asked ahead of every operation with its description; its error takes the place of the operation's.
pub(super) type Before<'a> = &'a mut dyn FnMut(&str) -> io::Result<()>;

/// The file in the output folder that a run holds locked while it writes.
pub(super) const ALONE: &str = ".netcordon-writing";

/// While it lives, no other netcordon writes in the folder, if its file system has locks at all.
pub(super) struct Alone {
    place: PathBuf,
    _file: File,
}

impl Alone {
    /// # Errors
    ///
    /// Another run holds the folder; something stands in the way; the system says no.
    pub(super) fn in_folder(dir: &Path, before: Before) -> Result<Self, Problem> {
        let place = dir.join(ALONE);
        loop {
            if tree::stands(dir, ALONE)?.is_some_and(|kind| !kind.is_file()) {
                return Err(tree::in_the_way(&place, "is not a regular file"));
            }
            let file = before(&format!("create {}", place.display()))
                .and_then(|()| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&place))
                .map_err(|error| failed(&place, "create", &error))?;
            let locked = before(&format!("lock {}", place.display())).map_err(TryLockError::Error);
            match locked.and_then(|()| file.try_lock()) {
                Err(TryLockError::WouldBlock) => {
                    let hint = "wait until it is done, then run the same command again";
                    return Err(Problem::in_file(
                        &dir.display().to_string(),
                        "another netcordon is writing here",
                        hint,
                    ));
                }
                // Some network file systems have no locks. Files are still replaced whole there.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // Whoever held it removed it between our opening and locking: what we hold keeps nobody out.
            #[cfg(unix)]
            if file.metadata().is_ok_and(|metadata| std::os::unix::fs::MetadataExt::nlink(&metadata) == 0) {
                continue;
            }
            return Ok(Alone { place, _file: file });
        }
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        // While it is still locked, so that it is ours that goes. If it cannot be removed, the next run takes it over.
        let _ = fs::remove_file(&self.place);
    }
}

/// A whole file beside the one it will replace; removed if dropped.
pub(super) struct Staged {
    temporary: TempPath,
    place: PathBuf,
}

impl Staged {
    /// Puts the file in its place, at one stroke.
    pub(super) fn replace(self, before: Before) -> Result<(), Problem> {
        let Staged { temporary, place } = self;
        let renamed = before(&format!("replace {}", place.display()))
            .and_then(|()| temporary.persist(&place).map_err(|refused| refused.error));
        renamed.map_err(|error| failed(&place, "replace", &error))
    }
}

/// Writes `bytes` safely to disk beside `path`, creating its folders and noting them in `created`.
pub(super) fn stage(
    dir: &Path,
    path: &str,
    bytes: &[u8],
    created: &mut Vec<PathBuf>,
    before: Before,
) -> Result<Staged, Problem> {
    // The folders again, just before they are used: a link may have come since the survey.
    let exists = tree::stands(dir, path)?.is_some();
    let place = dir.join(path);
    let folder = place.parent().unwrap_or(dir);
    create_folders(folder, created, before)?;
    let staged = stage_beside(&place, folder, bytes, exists, before);
    let temporary = staged.map_err(|error| failed(&place, "write", &error))?;
    Ok(Staged { temporary, place })
}

fn stage_beside(place: &Path, folder: &Path, bytes: &[u8], exists: bool, before: Before) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(tree::OURS).suffix(tree::TEMPORARY);
    // Readable like any other new file; temporary files are private by default.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    before(&format!("create a temporary file for {}", place.display()))?;
    let mut file = builder.tempfile_in(folder)?;
    before(&format!("fill the temporary file for {}", place.display()))?;
    file.write_all(bytes)?;
    before(&format!("close the temporary file for {}", place.display()))?;
    // A script that somebody made executable stays so. On Windows the only bit there is makes it read-only.
    if cfg!(unix) && exists {
        file.as_file().set_permissions(fs::metadata(place)?.permissions())?;
    }
    Ok(file.into_temp_path())
}

/// Creates `folder` and those it lies in, and notes in `created` those that were missing, outermost first.
pub(super) fn create_folders(folder: &Path, created: &mut Vec<PathBuf>, before: Before) -> Result<(), Problem> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(parent, created, before)?;
    }
    match before(&format!("create {}", folder.display())).and_then(|()| fs::create_dir(folder)) {
        Ok(()) => created.push(folder.to_path_buf()),
        // `a/..` is there once `a` is; another run may have been faster.
        Err(_) if folder.is_dir() => {}
        Err(error) => return Err(failed(folder, "create", &error)),
    }
    Ok(())
}

/// That the file at `path` is still what the survey found: `expected`, line ends aside.
///
/// # Errors
///
/// It is not; those of [`tree::read`].
pub(super) fn same_as(dir: &Path, path: &str, expected: Option<&[u8]>) -> Result<(), Problem> {
    if tree::read(dir, path)?.as_deref().map(digest) == expected.map(digest) {
        return Ok(());
    }
    let what = "was changed while netcordon was writing";
    Err(Problem::in_file(&dir.join(path).display().to_string(), what, "look at it, then run the same command again"))
}

/// Deletes the file at `path`.
pub(super) fn delete(dir: &Path, path: &str, before: Before) -> Result<(), Problem> {
    let place = dir.join(path);
    let deleted = before(&format!("delete {}", place.display())).and_then(|()| fs::remove_file(&place));
    deleted.map_err(|error| failed(&place, "delete", &error))
}

/// Deletes the folder at `path` if it is one and empty.
pub(super) fn delete_folder_if_empty(dir: &Path, path: &str, before: Before) -> Result<(), Problem> {
    let place = dir.join(path);
    let is_folder = matches!(tree::stands(dir, path), Ok(Some(kind)) if kind.is_dir());
    if !is_folder || !fs::read_dir(&place).is_ok_and(|mut entries| entries.next().is_none()) {
        return Ok(());
    }
    let deleted = before(&format!("delete {}", place.display())).and_then(|()| fs::remove_dir(&place));
    deleted.map_err(|error| failed(&place, "delete", &error))
}
