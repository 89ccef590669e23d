namespace DeepKeras.Benchmarks.Running;

/// <summary>Work that processes of several engines do, so that their times can be held beside each other.</summary>
internal interface IMeasured
{
    /// <summary>What <c>--case</c> filters by.</summary>
    string Name { get; }

    /// <summary>The first word of the command line of a process in C#.</summary>
    string Command { get; }

    /// <summary>The script that does the same in Python.</summary>
    string Script { get; }

    /// <summary>Which engines do this work, in the order of the table.</summary>
    string[] Engines { get; }

    /// <summary>How many threads a process computes tensors with.</summary>
    /// <param name="asked">What the command line asks for.</param>
    int Threads(int asked) => asked;

    /// <summary>What a measured process is told, whichever language it is written in.</summary>
    /// <param name="threads">Threads for tensor work.</param>
    /// <param name="warmUp">Seconds to run before it is measured.</param>
    string[] Arguments(int threads, double warmUp);
}
