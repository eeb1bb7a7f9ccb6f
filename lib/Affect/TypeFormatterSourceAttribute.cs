namespace Affect;

/// <summary>Names the class of the notebook library that shows values of a type; where that library is not there, nothing changes.</summary>
/// <remarks>
/// .NET Interactive and our kernel find it by its name and that of its properties. The class is named by text, as the notebook library lies above this one.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(string formatterSource) : Attribute
{
    /// <summary>The class that has <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType => Type.GetType($"{formatterSource}, Affect.Notebook", throwOnError: false) ?? typeof(NoFormatters);

    /// <summary>The form to show where only one can be.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];

    /// <summary>Where the notebook library is not there.</summary>
    public sealed class NoFormatters
    {
        /// <summary>None.</summary>
        public static IEnumerable<object> CreateTypeFormatters() => [];
    }
}
