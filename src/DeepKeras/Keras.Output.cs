using System.Globalization;

namespace DeepKeras;

/// <content>Where text goes.</content>
public static partial class Keras
{
    private static TextWriter? s_output;

    /// <summary>Where <c>Summary()</c>, <c>Diagram()</c> and the progress of <c>Fit</c> are written: the console unless changed.</summary>
    public static TextWriter Output
    {
        get => s_output ?? Console.Out;
        // Putting the console back is not another writer: it may be exchanged again, and it may be a terminal.
        set => s_output = ReferenceEquals(value, Console.Out) ? null : value;
    }

    /// <summary>Whether lines of <see cref="Output"/> can be rewritten.</summary>
    internal static bool OutputIsTerminal => s_output is null && !Console.IsOutputRedirected;

    /// <summary>Characters per line of <see cref="Output"/>: the terminal's width, COLUMNS where it is set, no limit for files and pipes.</summary>
    internal static int OutputWidth
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0) return columns;
            if (!OutputIsTerminal) return int.MaxValue;
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : int.MaxValue;
            }
            catch (Exception error) when (error is IOException or PlatformNotSupportedException)
            {
                return int.MaxValue;
            }
        }
    }
}
