export { CustomerTasksTab } from "./CustomerTasksTab";
export { DueTasks } from "./DueTasks";
export { NewTaskButton } from "./NewTaskButton";
export { TaskLines } from "./TaskLines";
export { TasksPage } from "./TasksPage";
