namespace DeepKeras.Benchmarks.Running;

/// <summary>How the comparison is run.</summary>
internal sealed class Options
{
    public const string Help = """
        usage: ./bench.sh [--quick] [--case NAME[,NAME…]] [--engines fit,loop,pytorch] [--threads N] [--rounds N] [--python PATH] [--cpu] [--networks] [--input [--workers N]] [--output FILE]
          --quick     about a minute: fewer and shorter rounds
          --case      only the cases whose names begin so: lenet, mlp-128, tiny …; "start" is memory and start-up
          --engines   only these
          --threads   threads of every process; 2 by default
          --rounds    rounds per case and engine
          --python    the Python that has torch
          --cpu       processor time instead of elapsed time, for a machine that others use too (with --threads 1)
          --networks  VGG16, ResNet-50, DenseNet-121 and Inception v3 at 224 × 224 beside torchvision's instead: --case vgg16, resnet50-train …
          --input     the input pipeline beside torchvision instead: JPEG files to batches, and how long a training waits for them
          --workers   with --input: threads of DeepKeras and processes of torchvision that decode and augment; 2 by default
          --output    also write the tables to this file
        """;

    public Options(ReadOnlySpan<string> commandLine)
    {
        var arguments = new Arguments(commandLine, "--quick", "--cpu", "--input", "--networks");
        Quick = arguments.Has("--quick");
        CpuTime = arguments.Has("--cpu");
        Input = arguments.Has("--input");
        Networks = arguments.Has("--networks");
        Cases = arguments.Text("--case", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        Engines = arguments.Text("--engines", string.Join(',', Engine.All)).Split(',');
        Threads = arguments.Integer("--threads", 2);
        Workers = arguments.Integer("--workers", 2);
        Rounds = arguments.Integer("--rounds", Quick ? 3 : Input || Networks ? 5 : 9);
        Python = arguments.Text("--python", File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
        Output = arguments.Text("--output", "");
        arguments.Finish();
        if (Array.Find(Engines, e => !Engine.All.Contains(e)) is { } unknown) throw new ArgumentException($"There is no engine '{unknown}': {string.Join(", ", Engine.All)}.");
        if (Input && CpuTime) throw new ArgumentException("--input counts images per second of several processes; --cpu does not go with it.");
        if (Input && Networks) throw new ArgumentException("--input and --networks are two runs: give one of them.");
        string[] names = Input ? [.. InputCase.All.Select(c => c.Name)] : [.. ModelCases.Select(c => c.Name), "start"];
        if (!names.Any(Wants)) throw new ArgumentException($"No case begins so: {string.Join(", ", Cases)}. There are {string.Join(", ", names)}.");
    }

    public bool Quick { get; }

    public bool CpuTime { get; }

    public bool Input { get; }

    public bool Networks { get; }

    /// <summary>The models that are measured.</summary>
    public Case[] ModelCases => Networks ? [.. Case.Networks, .. Case.FrozenBases] : Case.All;

    /// <summary>What Python must have for the opponent.</summary>
    public string PythonModule => Input || Networks ? "torchvision" : "torch";

    public string[] Cases { get; }

    public string[] Engines { get; set; }

    public int Threads { get; }

    public int Workers { get; }

    public int Rounds { get; }

    public string Python { get; }

    public string Output { get; }

    /// <summary>Seconds that a process runs before it is measured: enough for the JIT's last tier.</summary>
    public double WarmUp => Quick ? 0.5 : 1.2;

    /// <summary>Seconds that a round of the slowest engine shall take.</summary>
    public double RoundSeconds => Quick ? 0.2 : 0.4;

    /// <summary>How often each process is started to measure its start.</summary>
    public int Starts => Quick ? 1 : 5;

    public bool Wants(string name) => Cases.Length == 0 || Cases.Any(c => name.StartsWith(c, StringComparison.Ordinal));
}
