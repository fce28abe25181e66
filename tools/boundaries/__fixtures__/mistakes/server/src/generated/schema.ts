export interface Completion {
  id: string;
}
