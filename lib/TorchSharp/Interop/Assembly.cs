using System.Runtime.CompilerServices;

// Every call's argument area lies on the stack; clearing it first would cost as much as some operators.
[module: SkipLocalsInit]
[assembly: InternalsVisibleTo("TorchSharp.Tests")]
