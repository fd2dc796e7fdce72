export type Quotation = { readonly by: string; readonly text: string }
