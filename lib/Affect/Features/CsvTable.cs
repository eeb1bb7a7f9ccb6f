namespace Affect.Features;

/// <summary>Small csv files with a fixed header that a store keeps beside its features.</summary>
internal static class CsvTable
{
    /// <summary>Writes a table, atomically.</summary>
    internal static void Write(string path, string[] header, IEnumerable<string[]> rows) =>
        AtomicFile.Write(path, stream =>
        {
            using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            csv.WriteRecord(header);
            foreach (var row in rows) csv.WriteRecord(row);
        });

    /// <summary>Reads a table that can be made anew: a missing, damaged or unexpected file counts as empty.</summary>
    internal static IReadOnlyList<string[]> TryRead(string path, string[] header)
    {
        try
        {
            if (RegularFile.WhyNot(path) is not null) return [];
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',', HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw });
            if (!csv.Read() || !csv.Current.ToArray().SequenceEqual(header)) return [];
            var rows = new List<string[]>();
            while (csv.Read())
            {
                var row = csv.Current.ToArray();
                if (row.Length != header.Length) return [];
                rows.Add(row);
            }
            return rows;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            return [];
        }
    }
}
