"""From bytes to a table, from the table to features, from a fit back to tidy tables and bytes.

The way of the data, one module a step::

    bytes, file, path
      -> sources                       bytes and a name
      -> archives                      what is inside a gzip or zip archive of one file
      -> formats                       what the bytes are; what is refused, and why
      -> text:      encoding, dialect (delimiter, first row), header, text_layout, mending (uneven rows), foot (totals),
                    decimal_sign, conversion (numerals, dates)
         workbook:  books (workbook_archive, workbook_extent: far cells; isolated: rarer formats), sheet_layout, cells
         parquet, json_records
      -> reading.read_report           a ReadTable: the frame, and notes on how it was read
      -> profile.profile_columns       one row a column: what it holds, whether it can be clustered
         cautions, suggestions         what to beware of before a fit (far_values, two_units), which transform may help
      -> transactions                  a table of customers from one of what they bought (transaction_guess: is it one?)
      -> features.FeatureSpec          the choice: derived columns, row_choice, gaps, transforms, scaling, components
         spec_changes                  one choice from another, and a choice in words
         features.Preparation          the same with the constants found; recipe saves and loads it as text
         feature_matrix.FeatureMatrix  float64 rows for gmm_core.model, and the way_back
      -> results                       tidy frames of a fit in the table's units
         new_rows, outliers            rows that a model was not fitted to, and how odd each row is
         row_views, flips, new_row     rows searched and in order, what would flip them, and one typed in
         merging, agreement            of merged components, and of two groupings laid against each other
      -> plotting, mixture_frames (binning, sampling, working_axis)  the frames that charts take
      -> export.to_csv                 bytes that open right in a spreadsheet

Nothing here keeps state, and nothing reads a file twice. Errors are ``TableError`` (the file or table lacks something)
or ``DataError`` (its values cannot be fitted), each one sentence with its remedy.
"""
