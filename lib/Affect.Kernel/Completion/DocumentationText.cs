namespace Affect.Kernel.Completion;

/// <summary>The XML documentation of libraries as text that is read in a notebook.</summary>
/// <remarks>
/// A library's lies beside it. The runtime has none; that of the reference packs is taken, which come with the SDK under names of their own: the
/// runtime's <c>System.Private.CoreLib</c> is there <c>System.Runtime</c> and others.
/// </remarks>
internal sealed class DocumentationText(Compilation compilation)
{
    private const int MostFollowed = 4;

    /// <summary>Summary, parameters, return value, exceptions and remarks; empty where nothing is documented.</summary>
    internal string Of(ISymbol symbol) => Element(symbol, MostFollowed) is { } element ? Text(element) : "";

    private XElement? Element(ISymbol symbol, int follow)
    {
        var meant = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.OriginalDefinition : symbol.OriginalDefinition;
        if (meant.GetDocumentationCommentId() is not { } id || meant.ContainingAssembly is not { } assembly) return null;
        var element = Files(assembly).Select(file => Find(file, id)).FirstOrDefault(found => found is not null);
        if (element?.Element("inheritdoc") is not { } inherited || follow == 0) return element;
        return Inherited(meant, inherited.Attribute("cref")?.Value) is { } source ? Element(source, follow - 1) : element;
    }

    private ISymbol? Inherited(ISymbol symbol, string? cref)
    {
        if (cref is not null) return DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, compilation);
        ISymbol? overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            INamedTypeSymbol type => type.BaseType,
            _ => null,
        };
        return overridden ?? symbol.ContainingType?.AllInterfaces
            .SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));
    }

    private IEnumerable<string> Files(IAssemblySymbol assembly)
    {
        if (compilation.GetMetadataReference(assembly) is not PortableExecutableReference { FilePath: { } path }) yield break;
        yield return Path.ChangeExtension(path, ".xml");
        if (Path.GetDirectoryName(path) != Path.GetDirectoryName(typeof(object).Assembly.Location) || ReferencePack() is not { } pack) yield break;
        yield return Path.Combine(pack, Path.GetFileNameWithoutExtension(path) + ".xml");
        if (assembly.Name != "System.Private.CoreLib") yield break;
        foreach (var name in (string[])["System.Runtime", "System.Collections", "System.Threading", "System.Runtime.Extensions", "System.Memory", "System.Runtime.InteropServices"])
            yield return Path.Combine(pack, name + ".xml");
    }

    // Beside the runtime's folder shared/Microsoft.NETCore.App/VERSION, where the SDK is installed with it.
    private static string? ReferencePack()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        if (!Directory.Exists(packs)) return null;
        var target = FormattableString.Invariant($"net{Environment.Version.Major}.{Environment.Version.Minor}");
        return Directory.GetDirectories(packs).Select(version => Path.Combine(version, "ref", target)).LastOrDefault(Directory.Exists);
    }

    // Only the member that is wanted is parsed: a reference pack's file has ten megabytes.
    private static XElement? Find(string file, string id)
    {
        if (!File.Exists(file)) return null;
        var text = SourceFile.ReadAllText(file);
        var at = text.IndexOf($"<member name=\"{id}\"", StringComparison.Ordinal);
        var end = at < 0 ? -1 : text.IndexOf("</member>", at, StringComparison.Ordinal);
        if (end < 0) return null;
        try
        {
            return XElement.Parse(text[at..end] + "</member>");
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Text(XElement member)
    {
        var text = new StringBuilder();
        Add("", member.Elements("summary"));
        Add("", member.Elements("value"));
        AddNamed("Parameters:", member.Elements("typeparam").Concat(member.Elements("param")), "name");
        Add("Returns: ", member.Elements("returns"));
        AddNamed("Throws:", member.Elements("exception"), "cref");
        Add("", member.Elements("remarks"));
        return text.ToString().TrimEnd();

        void Add(string head, IEnumerable<XElement> elements)
        {
            foreach (var element in elements)
                if (Plain(element) is { Length: > 0 } plain) text.Append(head).Append(plain).Append("\n\n");
        }

        void AddNamed(string head, IEnumerable<XElement> elements, string attribute)
        {
            var lines = elements.Select(element => $"- {LastName(element.Attribute(attribute)?.Value ?? "")}: {Plain(element)}").ToArray();
            if (lines.Length > 0) text.Append(head).Append('\n').AppendJoin('\n', lines).Append("\n\n");
        }
    }

    private static string Plain(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) Append(node);
        return string.Join("\n", text.ToString().Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));

        void Append(XNode node)
        {
            switch (node)
            {
                case XText { Value: var value }: text.Append(value.Replace('\n', ' ')); break;
                case XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference when reference.IsEmpty:
                    text.Append(LastName((reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword") ?? reference.Attribute("href"))?.Value ?? ""));
                    break;
                case XElement { Name.LocalName: "para" or "item" or "code" } block:
                    text.Append('\n');
                    foreach (var inner in block.Nodes()) Append(inner);
                    text.Append('\n');
                    break;
                case XElement other:
                    foreach (var inner in other.Nodes()) Append(inner);
                    break;
            }
        }
    }

    // `M:System.Console.WriteLine(System.String)` as WriteLine, `T:System.Exception` as Exception; addresses and names stay.
    private static string LastName(string reference)
    {
        if (reference is not [_, ':', ..]) return reference;
        var name = reference[2..].Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..].Split('`')[0].Replace("#ctor", "constructor", StringComparison.Ordinal);
    }
}
