using DeepKeras.Benchmarks.Running;

if (args is ["work", .. var rest])
{
    Worker.Run(rest);
    return 0;
}
if (args is ["work-input", .. var restOfInput])
{
    Worker.RunInput(restOfInput);
    return 0;
}
if (args.Contains("--help"))
{
    Console.WriteLine(Options.Help);
    return 0;
}
try
{
    return Comparison.Run(new Options(args));
}
catch (Exception failure) when (failure is ArgumentException or FormatException)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}
