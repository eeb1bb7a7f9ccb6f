namespace Affect.Notebook.Formatting;

/// <summary>Shows the types of the library below, which name this class; each formatter takes any of them.</summary>
internal sealed class LibraryFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new LibraryFormatter(MimeType.Html), new LibraryFormatter(MimeType.Text)];

    // Without a Type: each kernel then asks it about the type that named it, and about no other.
    private sealed class LibraryFormatter(string mimeType)
    {
        /// <summary>The form.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>Writes a value; false if it is of another type or has no such form.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            if (KnownFormats.Of(instance) is not { } bundle || !bundle.TryGetValue(MimeType, out var form)) return false;
            writer.Write(form.ToString());
            return true;
        }
    }
}
