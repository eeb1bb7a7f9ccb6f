using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Affect.Tests.Architecture;

/// <summary>Reads from an assembly's metadata which members of another assembly its code binds to.</summary>
internal static class BoundMembers
{
    /// <summary>Names as <c>Type.member</c>, nested types with <c>+</c>; accessors by their property's name.</summary>
    public static SortedSet<string> Of(string assemblyPath, string target)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        var metadata = image.GetMetadataReader();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (Owner(metadata, member.Parent) is not { } type || !IsFrom(metadata, type, target)) continue;
            found.Add($"{Name(metadata, type)}.{Property(metadata.GetString(member.Name))}");
        }
        return found;
    }

    private static TypeReferenceHandle? Owner(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => (TypeReferenceHandle)parent,
        HandleKind.TypeSpecification => Generic(metadata, (TypeSpecificationHandle)parent),
        _ => null,
    };

    // A generic instance's signature: GENERICINST (CLASS | VALUETYPE) TypeDefOrRef ...
    private static TypeReferenceHandle? Generic(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return null;
        signature.ReadSignatureTypeCode();
        var type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static bool IsFrom(MetadataReader metadata, TypeReferenceHandle handle, string target)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference) scope = metadata.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference
            && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == target;
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        var arity = name.IndexOf('`', StringComparison.Ordinal);
        if (arity >= 0) name = name[..arity];
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : name;
    }

    /// <summary>A member's name without an accessor's prefix, which metadata cannot tell from a method's (<c>get_num_threads</c>).</summary>
    public static string Property(string name) =>
        name is "get_TensorItems" or "set_TensorItems" or "get_Item" or "set_Item" ? "this[]"
        : name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..]
        : name.StartsWith("op_", StringComparison.Ordinal) ? "operator"
        : name;
}
