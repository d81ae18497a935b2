extension CentralMigration {
    /// What slips say beside the ficha, and the printers they come out of.
    static let slips = CentralMigration(
        "0011_slips",
        sql: """
            ALTER TABLE empresa ADD COLUMN slip_lines TEXT;
            ALTER TABLE empresa ADD COLUMN slip_logo_pbm TEXT;
            ALTER TABLE site ADD COLUMN wifi_name TEXT;
            ALTER TABLE site ADD COLUMN printers TEXT;
            """
    )
}
