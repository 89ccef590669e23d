using System.Diagnostics;

namespace DeepKeras.Applications.Tests.Oracle;

/// <summary>A network of torchvision with random weights, and what PyTorch computes with it: the files that torchvision_oracle.py writes.</summary>
internal sealed class TorchvisionNetwork : IDisposable
{
    private static readonly Lazy<string?> s_python = new(() => Candidates().FirstOrDefault(p => Run(p, ["-c", "import torchvision"]).Status == 0));
    private readonly TemporaryFolder _folder = new();

    /// <param name="network">Its name for the script.</param>
    /// <param name="size">Height and width of the images.</param>
    public TorchvisionNetwork(string network, int size)
    {
        if (s_python.Value is not { } python)
        {
            _folder.Dispose();
            Assert.Ignore("Skipped: no Python here has torchvision. Install python3-torchvision, or name a Python that has it in DEEPKERAS_PYTHON.");
            throw new InvalidOperationException();
        }
        var script = Path.Combine(SharedData.Root, "tests", "DeepKeras.Applications.Tests", "Oracle", "torchvision_oracle.py");
        if (Run(python, [script, "--has", network]).Status != 0)
        {
            _folder.Dispose();
            Assert.Ignore($"Skipped: torchvision has no {network}, and the Python package pretrainedmodels is not there either.");
        }
        var (status, text) = Run(python, [script, network, $"{size}", _folder.Path]);
        if (status != 0) Assert.Fail($"torchvision_oracle.py {network} ended with status {status}: {text}");
    }

    /// <summary>The random weights.</summary>
    public string Weights => _folder.File("weights.pth");

    /// <summary>The weights after a step of training.</summary>
    public string Stepped => _folder.File("stepped.pth");

    /// <summary>What was computed.</summary>
    public string Results => _folder.File("results.pth");

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Candidates() => Environment.GetEnvironmentVariable("DEEPKERAS_PYTHON") is { Length: > 0 } named ? [named] : ["python3", "/usr/bin/python3"];

    private static (int Status, string Text) Run(string python, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var text = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text + output.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
