//! The two schedulers, asked for the same things.

use std::path::PathBuf;

use crate::schedule::task::{Step, Task};
use crate::schedule::timing::Moment;
use crate::schedule::{systemd, task_scheduler};

/// A system's own program that starts others by the clock, and the folder where
/// what is written for it lies.
#[derive(Clone, Debug)]
pub enum Scheduler {
    /// Windows; a task is read from a file that lies here for a moment.
    Tasks(PathBuf),
    /// Linux; the folder of the user's units.
    Timers(PathBuf),
}

impl Scheduler {
    /// The steps that make a task, or why it cannot be one.
    pub fn making(&self, task: &Task, now: Moment) -> Result<Vec<Step>, String> {
        if let Some(path) = task.unwritable() {
            return Err(format!(
                "tên “{}” có ký tự điều khiển, không hẹn được; hãy đổi tên thư mục đó",
                path.escape_debug()
            ));
        }
        match self {
            Scheduler::Tasks(folder) => match task_scheduler::objection(task) {
                Some(why) => Err(why),
                None => Ok(task_scheduler::making(task, folder, now)),
            },
            Scheduler::Timers(units) => Ok(systemd::making(task, units)),
        }
    }

    /// The steps that remove the task of this name.
    pub fn removing(&self, name: &str) -> Vec<Step> {
        match self {
            Scheduler::Tasks(_) => task_scheduler::removing(name),
            Scheduler::Timers(units) => systemd::removing(name, units),
        }
    }

    /// The command that asks when the task of this name is due.
    pub fn asking(&self, name: &str) -> Vec<String> {
        match self {
            Scheduler::Tasks(_) => task_scheduler::asking(name),
            Scheduler::Timers(_) => systemd::asking(name),
        }
    }

    /// The next time in what [`Scheduler::asking`] is answered.
    pub fn next_time<'a>(&self, answer: &'a str) -> Option<&'a str> {
        match self {
            Scheduler::Tasks(_) => task_scheduler::next_time(answer),
            Scheduler::Timers(_) => systemd::next_time(answer),
        }
    }

    /// The file that is there as long as the task of this name; `None` where only
    /// the scheduler knows.
    pub fn file_of(&self, name: &str) -> Option<PathBuf> {
        match self {
            Scheduler::Tasks(_) => None,
            Scheduler::Timers(units) => Some(units.join(systemd::timer_of(name))),
        }
    }

    /// What to do where the scheduler's program is not there.
    pub fn missing(&self) -> String {
        match self {
            Scheduler::Tasks(_) => format!(
                "máy này không có {}.exe (Task Scheduler); hãy nhờ người quản trị máy bật lại dịch \
                 vụ Task Scheduler",
                task_scheduler::PROGRAM
            ),
            Scheduler::Timers(_) => format!(
                "máy này không có {} (systemd); hãy hẹn bằng trình lập lịch của máy, lệnh cần chạy \
                 in ra khi thêm --dry-run",
                systemd::PROGRAM
            ),
        }
    }

    /// What to do where it refuses; `said` is its own reason.
    pub fn refused(&self, command: &str, said: &str) -> String {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = if said.is_empty() { "không nêu lý do".to_owned() } else { said };
        match self {
            Scheduler::Tasks(_) => format!(
                "Windows không nhận lệnh “{command}” ({said}); hãy đăng nhập bằng tài khoản sẽ chạy, \
                 hoặc nhờ người quản trị máy cho phép tài khoản đó đặt lịch"
            ),
            Scheduler::Timers(_) => format!(
                "hệ thống không nhận lệnh “{command}” ({said}); hãy đăng nhập thẳng bằng tài khoản \
                 sẽ chạy (không qua sudo, su) rồi hẹn lại"
            ),
        }
    }

    /// What somebody should know who has just made a task.
    pub fn advice(&self) -> &'static str {
        match self {
            Scheduler::Tasks(_) => {
                "Máy phải bật và tài khoản này đã đăng nhập; lỡ giờ thì chạy ngay khi có thể. \
                 Đừng dời thư mục kỳ hay chương trình."
            }
            Scheduler::Timers(_) => {
                "Lỡ giờ thì chạy ngay khi tài khoản này đăng nhập (muốn chạy cả khi chưa đăng nhập: \
                 loginctl enable-linger). Đừng dời thư mục kỳ hay chương trình."
            }
        }
    }
}
