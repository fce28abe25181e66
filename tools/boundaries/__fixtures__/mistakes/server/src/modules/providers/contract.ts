export interface Provider {
  id: string;
}
