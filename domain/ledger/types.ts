import type { AreaCm2, Fen, LocalDate } from '#domain/kernel/brand.ts';

/** 台账种类:the four ledgers that an office uploads. */
export type LedgerKind = 'companies' | 'estates' | 'practitioners' | 'units';

/** 日期单元格:a cell that the workbook itself formats as a date; `time` (09:15) where it tells one. */
export interface DateCell { readonly date: LocalDate; readonly time?: string }

/** 单元格原值:what the workbook holds; `null` is an empty cell, an error value arrives as its text (`#N/A`). */
export type RawCell = string | number | boolean | DateCell | null;

/** 原始行:one row as it stands in the sheet; `row` is Excel's own number (from 1), `cells[0]` is column A. `struck` are the columns whose content is crossed out, absent when none is. */
export interface RawRow { readonly sheet: string; readonly row: number; readonly cells: readonly RawCell[]; readonly struck?: readonly number[] }

/** 合并区:rows from 1, columns from 0, all four inclusive. */
export interface Merge { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

/** 工作表概况:what is known of a sheet before its rows are read. */
export interface SheetFacts {
  readonly name: string;
  readonly index: number;
  readonly hidden: boolean;
  readonly merges: readonly Merge[];
  /** Rows the user hid or filtered out; they are still read. */
  readonly hiddenRows: number;
}

/**
 * 单表取数方案:where the table lies in one sheet and which column is which field. Plain JSON: a user may
 * correct it by hand, and it is remembered under the header's signature.
 */
export interface SheetMapping {
  readonly sheet: string;
  /** Excel row numbers of the header, one or more, top first. */
  readonly headerRows: readonly number[];
  /** Excel row number of the first row of data. */
  readonly firstRow: number;
  /** Field → column index (A is 0). A field that is not here is absent: it leaves things untouched. */
  readonly columns: Readonly<Record<string, number>>;
  /** Column index → its full header text, two levels joined by “/”; units such as (万㎡) are read from it. */
  readonly headers: Readonly<Record<number, string>>;
  /** Fields that are the same for the whole sheet: a township, estate or company named by the sheet or its title. */
  readonly constants: Readonly<Record<string, string>>;
  readonly townshipFrom: 'sheet' | 'title' | 'column' | 'none';
  /** Further tables of the same columns to the right of this one. */
  readonly beside?: readonly Beside[];
}

/** 并排的另一张表:so many columns to the right, beginning at column `from`, with what stands above it alone. */
export interface Beside { readonly shift: number; readonly from: number; readonly constants: Readonly<Record<string, string>> }

/** 取数方案:one workbook's sheets in order. */
export interface Mapping { readonly kind: LedgerKind; readonly sheets: readonly SheetMapping[] }

/** 列选项:a column as shown to a user who maps by hand. */
export interface ColumnChoice { readonly index: number; readonly letter: string; readonly header: string; readonly field: string | null; readonly samples: readonly string[] }

/** 识别结果:what was found in one sheet, and how sure that is (0–100; `sure` from 60 with nothing required missing). */
export interface SheetFound {
  readonly sheet: string;
  readonly status: 'table' | 'unsure' | 'skipped';
  /** Why it is skipped or unsure, for the user. */
  readonly reason: string | null;
  readonly confidence: number;
  /** Absent when there is nothing that looks like a header. */
  readonly mapping: SheetMapping | null;
  /** Titles of required fields for which no column was found. */
  readonly missing: readonly string[];
  readonly columns: readonly ColumnChoice[];
  /** Other rows that could be the header, best first (Excel row numbers). */
  readonly otherHeaderRows: readonly number[];
  /** Of the header's text and order, to remember a mapping: equal headers have equal signatures. */
  readonly signature: string;
}

/** 严重程度:an `error` refuses the row, a `warn` takes and flags it. */
export type Severity = 'error' | 'warn';

/** 问题代码:stable names of what can be wrong with a row. */
export type ProblemCode =
  | 'not-a-number' | 'negative' | 'occupied-exceeds-total' | 'delivered-exceeds-total' | 'out-of-range' | 'rounded'
  | 'credit-code-missing' | 'credit-code-check-digit' | 'credit-code-malformed'
  | 'duplicate' | 'duplicate-unit'
  | 'id-check-digit' | 'id-precision-lost' | 'name-missing' | 'required-missing' | 'phone-invalid'
  | 'about-figure' | 'partly-read' | 'became-date' | 'owner-unnamed' | 'several-people' | 'row-struck' | 'cell-struck' | 'whole-building' | 'left-service'
  | 'date-invalid' | 'period-reversed' | 'choice-unknown' | 'cell-error' | 'column-missing' | 'table-not-found'
  | 'company-unknown' | 'company-ambiguous' | 'township-missing' | 'township-unknown' | 'neighbourhood-unknown'
  | 'estate-unknown' | 'estate-ambiguous';

/** 行问题:one thing wrong with one cell, in words an office clerk can act upon. */
export interface RowProblem {
  readonly sheet: string;
  readonly row: number;
  /** Excel letter, null when the problem is about the row. */
  readonly column: string | null;
  readonly header: string | null;
  readonly field: string | null;
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
}

/** 业委会状态 */
export type CommitteeState = 'established' | 'none' | 'preparing';
/** 管理方式:how an estate without a company is run; `company` when a company serves it. */
export type ManagementKind = 'company' | 'self' | 'neighbourhood' | 'quasi' | 'unmanaged' | 'work-unit';
/** 岗位 */
export type Post = 'head' | 'estate-manager' | 'order' | 'cleaning' | 'greening' | 'repair' | 'service' | 'fire-control' | 'clerk' | 'other';
/** 面积来源 */
export type AreaSource = 'register' | 'survey' | 'contract' | 'other';
/** 房屋用途 */
export type UnitUse = 'residence' | 'shop' | 'office' | 'parking' | 'storage' | 'other';
/** 收费方式 */
export type FeeBasis = 'lump-sum' | 'commission';

/** 企业台账的一行 */
export interface CompanyValues {
  readonly name: string;
  readonly creditCode: string;
  readonly legalRepresentative: string;
  readonly phones: readonly string[];
  readonly registeredOn: LocalDate;
  readonly address: string;
  readonly estateCount: number;
  readonly staffCount: number;
  readonly registeredCapitalFen: Fen;
  readonly contactName: string;
  readonly remark: string;
}

/** 小区台账的一行 */
export interface EstateValues {
  readonly township: string;
  readonly neighbourhood: string;
  readonly name: string;
  readonly alias: string;
  readonly address: string;
  readonly developer: string;
  readonly deliveredOn: LocalDate;
  readonly totalAreaCm2: AreaCm2;
  readonly deliveredAreaCm2: AreaCm2;
  readonly unitCount: number;
  readonly occupiedCount: number;
  readonly buildingCount: number;
  readonly liftCount: number;
  readonly parkingCount: number;
  readonly chargingCount: number;
  readonly company: string;
  readonly managementKind: ManagementKind;
  readonly managerName: string;
  readonly managerPhones: readonly string[];
  /** 分/㎡·月 */
  readonly feeFen: Fen;
  readonly feeBasis: FeeBasis;
  readonly collectionRateBp: number;
  readonly contractFrom: LocalDate;
  readonly contractUntil: LocalDate;
  readonly committee: CommitteeState;
  readonly committeeSince: LocalDate;
  readonly committeeUntil: LocalDate;
  readonly committeeHead: string;
  readonly committeePhones: readonly string[];
  readonly committeeMembers: number;
  readonly remark: string;
}

/** 从业人员名册的一行 */
export interface PractitionerValues {
  readonly name: string;
  readonly idNumber: string;
  readonly phones: readonly string[];
  readonly company: string;
  readonly post: Post;
  /** 岗位原文:as written, kept when it is none of the known ones. */
  readonly postText: string;
  readonly township: string;
  readonly estate: string;
  readonly hiredOn: LocalDate;
  readonly certificate: string;
  readonly remark: string;
}

/** 份额:so many parts of the whole, both above zero, in lowest terms. */
export interface HeldShare { readonly part: number; readonly whole: number }

/** 共有人:one who holds a home together with the owner, with what his own row tells of him. */
export interface CoHolder { readonly name: string; readonly idNumber: string | null; readonly phones: readonly string[]; readonly share: HeldShare | null }

/** 房屋业主名册的一行 */
export interface UnitValues {
  readonly township: string;
  readonly estate: string;
  /** Without its suffix: 1栋, 1幢, 1号楼 and 1 are all “1”. */
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly use: UnitUse;
  readonly areaCm2: AreaCm2;
  readonly areaSource: AreaSource;
  readonly ownerName: string;
  /** Identity number, credit code or other document, normalised; empty never. */
  readonly ownerIdNumber: string;
  readonly ownerPhones: readonly string[];
  readonly coOwners: readonly string[];
  /** What rows of their own tell of the co-owners; their names stand in `coOwners` too. */
  readonly coHolders: readonly CoHolder[];
  /** 份额 of the owner; null where the cell only says how it is held (共同共有). */
  readonly share: HeldShare;
  readonly deliveredOn: LocalDate;
  /** 产权登记日期:from which the owner holds. */
  readonly registeredOn: LocalDate;
  readonly remark: string;
}

/** 各台账的字段值 */
export interface LedgerValues {
  readonly companies: CompanyValues;
  readonly estates: EstateValues;
  readonly practitioners: PractitionerValues;
  readonly units: UnitValues;
}

/** 行值:a key that is absent had no column (leave untouched) or could not be read (see the problems); `null` is a blank cell (keep the old value, warn). */
export type Values<K extends LedgerKind> = { readonly [F in keyof LedgerValues[K]]?: LedgerValues[K][F] | null };

/** 台账行:one row of data, read, normalised and checked as far as the file alone allows. */
export interface LedgerRow<K extends LedgerKind = LedgerKind> {
  readonly sheet: string;
  readonly row: number;
  readonly values: Values<K>;
  readonly problems: readonly RowProblem[];
  /** The cells as they stood, by field, for the screen that mends refused rows and the download with 原因. */
  readonly texts: Readonly<Record<string, string>>;
  /** Rows below that were joined to this one (its co-owners), as they stood. */
  readonly joined?: readonly JoinedRow[];
}

/** 并入的行:Excel's row number and the cells' texts by field. */
export interface JoinedRow { readonly row: number; readonly texts: Readonly<Record<string, string>> }

/** 跳过的行:neither data nor lost; each says why. A `section` speaks for the rows below it; an `other-table` begins one that is not read. */
export interface SkippedRow { readonly sheet: string; readonly row: number; readonly why: 'blank' | 'subtotal' | 'footer' | 'header' | 'note' | 'section' | 'other-table' }
