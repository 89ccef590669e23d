using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <summary>Reads <c>--name value</c> and <c>--switch</c> from a command line.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="arguments">The command line.</param>
    /// <param name="switches">Names that take no value.</param>
    public Arguments(ReadOnlySpan<string> arguments, params ReadOnlySpan<string> switches)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"'{name}' is not understood; options begin with --. See --help.");
            if (switches.Contains(name)) _values[name] = "";
            else if (i + 1 < arguments.Length) _values[name] = arguments[++i];
            else throw new ArgumentException($"{name} needs a value. See --help.");
        }
    }

    public bool Has(string name) => _values.Remove(name);

    public string Text(string name, string otherwise) => _values.Remove(name, out var value) ? value : otherwise;

    public int Integer(string name, int otherwise) => _values.Remove(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public double Number(string name, double otherwise) => _values.Remove(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Refuses what nobody asked for.</summary>
    public void Finish()
    {
        if (_values.Count > 0) throw new ArgumentException($"Unknown option: {string.Join(", ", _values.Keys)}. See --help.");
    }
}
